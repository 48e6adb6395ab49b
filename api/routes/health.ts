import { createRoute, z } from '@hono/zod-openapi'
import { listMissingParts } from '../../db/health.ts'
import { getInstallation } from '../../db/installation.ts'
import { json, routes } from '../route.ts'

const Live = z.object({
  ok: z.literal(true),
  product: z.literal('tidings'),
  installation: z.string().nullable().openapi({ description: 'Null while the database was not reached yet' }),
})
const Ready = z.object({ ok: z.boolean(), missing: z.array(z.enum(['database', 'worker', 'engine'])) })

const tags = ['Health']
const live = createRoute({
  method: 'get',
  path: '/health/live',
  tags,
  summary: 'Whether this process answers',
  security: [],
  responses: { 200: json(Live, 'It does') },
})
const ready = createRoute({
  method: 'get',
  path: '/health/ready',
  tags,
  summary: 'Whether the database, a worker and the engine answer',
  security: [],
  responses: { 200: json(Ready, 'All do'), 503: json(Ready, 'Something is missing') },
})

export const health = () => {
  let installation: string | null = null
  return routes()
    .openapi(live, async (c) => {
      installation ??= await soon(getInstallation(c.var.store).then(({ id }) => id))
      return c.json({ ok: true, product: 'tidings', installation } as const, 200)
    })
    .openapi(ready, async (c) => {
      const missing = (await soon(listMissingParts(c.var.store, Date.now()))) ?? ['database']
      const ok = missing.length === 0
      return c.json({ ok, missing }, ok ? 200 : 503)
    })
}

const ANSWER_WITHIN_MS = 1_000

/** What the database says, or null when it does not answer in time. */
const soon = <T>(answer: Promise<T>): Promise<T | null> =>
  Promise.race([
    answer.catch(() => null),
    new Promise<null>((resolve) => setTimeout(resolve, ANSWER_WITHIN_MS, null).unref()),
  ])
