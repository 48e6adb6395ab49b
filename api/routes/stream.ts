import { setTimeout as pause } from 'node:timers/promises'
import { createRoute, z } from '@hono/zod-openapi'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { faultOf } from '../../db/fault.ts'
import { isOutage } from '../../db/outage.ts'
import type { Changes, Listener } from '../changes.ts'
import { PROBLEMS, routes } from '../route.ts'

/** A page is told of changes at most so often, in milliseconds; what comes meanwhile is told together. */
const TELL_EVERY_MS = 250
/** A sign of life for proxies; and whoever is signed out meanwhile is shown out. */
const BEAT_EVERY_MS = 15_000
/** A page that does not take what it is told within this time is given up. */
const TAKE_WITHIN_MS = 15_000

const stream = createRoute({
  method: 'get',
  path: '/v1/stream',
  tags: ['Session'],
  summary: 'What changes, as it happens',
  description:
    'Server-sent events. First `hello`; then `change` with `{"topics": ["orders", …]}`, at most four a second: ask again for what is shown of these topics. After a lost connection anything may have changed.',
  responses: {
    200: { content: { 'text/event-stream': { schema: z.string() } }, description: 'The events' },
    ...PROBLEMS,
  },
})

export const changeStream = (changes: Changes, beatEveryMs = BEAT_EVERY_MS) =>
  routes().openapi(stream, async (c) => {
    const listener = await changes.listen(c.var.workspaceId!)
    // proxies are not to collect events before they pass them on
    c.header('X-Accel-Buffering', 'no')
    /** Nobody is shown out because the database is away. */
    const mayStay = () => c.var.isStillIn().catch((error) => isOutage(error) || Promise.reject(error))
    return streamSSE(c, async (page) => {
      page.onAbort(() => listener.end())
      try {
        await tell(page, listener, mayStay, beatEveryMs)
      } catch (error) {
        c.var.logger?.error({ requestId: c.var.requestId, ...faultOf(error) }, 'a stream ended by a fault')
      } finally {
        listener.end()
      }
    })
  })

async function tell(
  page: SSEStreamingApi,
  listener: Listener,
  mayStay: () => Promise<boolean>,
  beatEveryMs: number,
): Promise<void> {
  await taken(page, listener, page.writeSSE({ event: 'hello', data: '{}' }))
  for (let beatAtMs = Date.now() + beatEveryMs; !listener.ended.aborted; ) {
    await quiet(beatAtMs - Date.now(), listener.stirred)
    if (Date.now() >= beatAtMs) {
      if (!(await mayStay())) return
      await taken(page, listener, page.write(': still here\n\n'))
      beatAtMs = Date.now() + beatEveryMs
    }
    const topics = listener.take()
    if (topics.length === 0 || listener.ended.aborted) continue
    await taken(page, listener, page.writeSSE({ event: 'change', data: JSON.stringify({ topics }) }))
    await quiet(TELL_EVERY_MS, listener.ended)
  }
}

/** So many milliseconds, or less when the signal comes. */
async function quiet(forMs: number, signal: AbortSignal): Promise<void> {
  if (forMs > 0 && !signal.aborted) await pause(forMs, null, { signal }).catch(() => {})
}

/** Waits until the page has taken what was written; gives the page up when it does not, so that nothing piles up for it. */
async function taken(page: SSEStreamingApi, listener: Listener, written: Promise<unknown>): Promise<void> {
  const late = new AbortController()
  const timely = await Promise.race([
    written.then(() => true),
    quiet(TAKE_WITHIN_MS, AbortSignal.any([late.signal, listener.ended])).then(() => false),
  ])
  late.abort()
  if (timely) return
  listener.end()
  page.abort()
}
