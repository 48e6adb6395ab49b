import { createRoute, z } from '@hono/zod-openapi'
import { previewTimeout } from '../../db/status-timeouts.ts'
import { getStatus } from '../../db/statuses.ts'
import { Period } from '../fields.ts'
import { json, PROBLEMS, routes } from '../route.ts'
import { params } from './statuses.ts'

const preview = createRoute({
  method: 'get',
  path: '/v1/statuses/{type}/{code}/timeout',
  tags: ['Statuses'],
  summary: 'What a timeout would do at once to the orders that wait in a status already',
  request: {
    params,
    query: z.object({ after: Period.openapi({ type: 'string', example: 'P14D' }) }),
  },
  responses: {
    200: json(
      z
        .object({
          waiting: z.int().openapi({ description: 'Orders that would wait for it' }),
          due: z.int().openapi({ description: 'Of them, those that would move now' }),
          resting: z.int().openapi({ description: 'Orders of an imported past, which join with their next change' }),
          nextAt: z.string().nullable().openapi({ description: 'When the first of the others would move' }),
        })
        .openapi('TimeoutPreview'),
      'What it would do',
    ),
    ...PROBLEMS,
  },
})

export const statusTimeouts = () =>
  routes().openapi(preview, async (c) => {
    const { type, code } = c.req.valid('param')
    const { after } = c.req.valid('query')
    const found = await c.var.inWorkspace(async (tx) =>
      previewTimeout(tx, await getStatus(tx, type, code), after, Date.now()),
    )
    return c.json(found, 200)
  })
