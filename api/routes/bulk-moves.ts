import { createRoute, z } from '@hono/zod-openapi'
import { moveChosen } from '../../db/bulk-moves.ts'
import { MOVE_ALL_MAX } from '../../db/model/limits.ts'
import { names } from '../../db/model/lists.ts'
import { REFUSALS } from '../../db/model/refusal.ts'
import { AXES } from '../../db/model/status.ts'
import { NAMED_MAX } from '../../db/model/tally.ts'
import { chosenOrders, exactlyOne, readChosen } from '../chosen-orders.ts'
import { text } from '../fields.ts'
import { body, json, PROBLEMS, routes } from '../route.ts'

const BulkMove = z
  .object({
    ...chosenOrders,
    before: z.uuid().optional().openapi({ description: 'With `all`: the `next` of the call before' }),
    type: z.enum(AXES),
    code: text(80),
    silent: z.boolean().optional().openapi({ description: 'Customers are not told: no auto-SMS, no campaign' }),
  })
  .refine(exactlyOne('numbers', 'all'), { path: ['numbers'], message: 'either numbers or all is expected' })
  .openapi('BulkMove')

const BulkMoved = z
  .object({
    moved: z.int(),
    unchanged: z.int().openapi({ description: 'They had the status already' }),
    stale: z.int().openapi({ description: 'Somebody else moved them meanwhile, so they were left alone' }),
    refused: z.array(
      z.object({
        code: z.enum(names(REFUSALS)),
        detail: z.string(),
        count: z.int(),
        orders: z.array(z.string()).openapi({ description: `The first ${NAMED_MAX} numbers` }),
      }),
    ),
    next: z
      .string()
      .nullable()
      .openapi({ description: 'There are more: call again with it as `before`; null when all had their turn' }),
  })
  .openapi('BulkMoved')

const move = createRoute({
  method: 'post',
  path: '/v1/orders/move',
  tags: ['Orders'],
  summary: 'Move many orders to one status',
  description: `One call takes up to ${MOVE_ALL_MAX} orders of a list, as it stands at the moment. Safe to repeat.`,
  request: body(BulkMove),
  responses: { 200: json(BulkMoved, 'What came of it, counted'), ...PROBLEMS },
})

export const bulkMoves = () =>
  routes().openapi(move, async (c) => {
    const { before, type, code, silent = false, ...named } = c.req.valid('json')
    const wish = { orders: readChosen(named, false), before, type, code, silent, by: c.var.actor.id }
    const { refused, ...counts } = await moveChosen(c.var.store, c.var.workspaceId!, wish, Date.now())
    return c.json({ ...counts, refused: refused.map((r) => ({ ...r, detail: REFUSALS[r.code] })) }, 200)
  })
