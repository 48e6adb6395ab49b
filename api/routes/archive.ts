import { createRoute, z } from '@hono/zod-openapi'
import { archiveOrders, unarchiveOrders } from '../../db/archive.ts'
import { NAMED_MAX } from '../../db/model/tally.ts'
import { chosenOrders, exactlyOne, readChosen } from '../chosen-orders.ts'
import { instant } from '../fields.ts'
import { body, json, PROBLEMS, routes } from '../route.ts'

const tags = ['Orders']

const archive = createRoute({
  method: 'post',
  path: '/v1/orders/archive',
  tags,
  summary: 'Put orders into the archive',
  description:
    'They leave lists and counts, and their timeouts stand still. Their statuses cannot change until they are taken out; ' +
    'after that they can. (Some shop systems keep the statuses of such orders fixed for good.)',
  request: body(
    z
      .object(chosenOrders)
      .refine(exactlyOne('numbers', 'all'), { path: ['numbers'], message: 'either numbers or all is expected' })
      .openapi('ToArchive'),
  ),
  responses: {
    200: json(
      z.object({
        archived: z.int().openapi({ description: 'Those that were not there already' }),
        at: z.string().openapi({ description: 'By this moment the same orders come back, as `archivedAt`' }),
      }),
      'How many went in',
    ),
    ...PROBLEMS,
  },
})

const unarchive = createRoute({
  method: 'post',
  path: '/v1/orders/unarchive',
  tags,
  summary: 'Take orders out of the archive',
  description: 'They keep their statuses and the deadlines they had; those whose deadline is over move on at once.',
  request: body(
    z
      .object({
        ...chosenOrders,
        archivedAt: instant
          .optional()
          .openapi({ description: 'Orders that went in together: the `at` of that answer, instead of numbers' }),
      })
      .refine(exactlyOne('numbers', 'all', 'archivedAt'), {
        path: ['numbers'],
        message: 'one of numbers, all and archivedAt is expected',
      })
      .openapi('FromArchive'),
  ),
  responses: {
    200: json(
      z.object({
        unarchived: z.int(),
        overdue: z
          .object({
            count: z.int(),
            orders: z.array(z.string()).openapi({ description: `The first ${NAMED_MAX} numbers` }),
          })
          .openapi({ description: 'Those that move on by themselves at once' }),
      }),
      'How many came out',
    ),
    ...PROBLEMS,
  },
})

export const archives = () =>
  routes()
    .openapi(archive, async (c) => {
      const orders = readChosen(c.req.valid('json'), false)
      return c.json(await c.var.inWorkspace((tx) => archiveOrders(tx, orders, Date.now())), 200)
    })
    .openapi(unarchive, async (c) => {
      const { archivedAt, ...named } = c.req.valid('json')
      const orders = archivedAt === undefined ? readChosen(named, true) : { archivedAtMs: archivedAt }
      return c.json(await c.var.inWorkspace((tx) => unarchiveOrders(tx, orders, Date.now())), 200)
    })
