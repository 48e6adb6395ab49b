import { setTimeout as pause } from 'node:timers/promises'
import { createRoute, z } from '@hono/zod-openapi'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { faultOf } from '../../db/fault.ts'
import { isOutage } from '../../db/outage.ts'
import type { Changes, Listener } from '../changes.ts'
import { PROBLEMS, routes } from '../route.ts'

/** A page is told of changes at most so often, in milliseconds; what comes meanwhile is told together. */
const TELL_EVERY_MS = 250
/** A sign of life for proxies. Whoever is signed out meanwhile is shown out, and a page that has not taken in so long
 *  what it was told is given up. */
const BEAT_EVERY_MS = 15_000

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
        const isStuck = await tell(page, listener, mayStay, beatEveryMs)
        // what waits for such a page to read on would wait for ever
        if (isStuck) c.env?.outgoing?.destroy()
      } catch (error) {
        c.var.logger?.error({ requestId: c.var.requestId, ...faultOf(error) }, 'a stream ended by a fault')
      } finally {
        listener.end()
      }
    })
  })

/** Tells a page what its listener hears, until that ends or the page may not stay. True for a page that takes nothing. */
async function tell(
  page: SSEStreamingApi,
  listener: Listener,
  mayStay: () => Promise<boolean>,
  beatEveryMs: number,
): Promise<boolean> {
  const takes = (written: Promise<unknown>) => isTaken(written, beatEveryMs, listener.ended)
  if (!(await takes(page.writeSSE({ event: 'hello', data: '{}' })))) return true
  for (let beatAtMs = Date.now() + beatEveryMs; !listener.ended.aborted; ) {
    await quiet(beatAtMs - Date.now(), listener.stirred)
    if (Date.now() >= beatAtMs) {
      if (!(await mayStay())) return false
      if (!(await takes(page.write(': still here\n\n')))) return true
      beatAtMs = Date.now() + beatEveryMs
    }
    const topics = listener.take()
    if (topics.length === 0 || listener.ended.aborted) continue
    if (!(await takes(page.writeSSE({ event: 'change', data: JSON.stringify({ topics }) })))) return true
    await quiet(TELL_EVERY_MS, listener.ended)
  }
  return false
}

/** So many milliseconds, or less when the signal comes. */
async function quiet(forMs: number, signal: AbortSignal): Promise<void> {
  if (forMs > 0 && !signal.aborted) await pause(forMs, null, { signal }).catch(() => {})
}

/** Whether what was written is taken within a time, and before the end. */
async function isTaken(written: Promise<unknown>, withinMs: number, ended: AbortSignal): Promise<boolean> {
  const over = new AbortController()
  const stop = () => over.abort()
  ended.addEventListener('abort', stop)
  const taken = await Promise.race([written.then(() => true), quiet(withinMs, over.signal).then(() => false)])
  ended.removeEventListener('abort', stop)
  stop()
  return taken
}
