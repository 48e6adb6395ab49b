import type { Context } from 'hono'
import type { Env } from '../env.ts'
import type { Metrics } from '../metrics.ts'
import { RequestRefused } from '../refusals.ts'
import { routes } from '../route.ts'

/** Figures of the whole installation, for a watcher on this machine; they name no workspace and nobody. */
export const metricsPage = (metrics: Metrics) =>
  routes().get('/metrics', async (c) => {
    if (!isFromHere(c)) throw new RequestRefused('not_found')
    const { text, contentType } = await metrics.read()
    return c.body(text, 200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' })
  })

const HERE = /^(::ffff:)?127\.|^::1$/

/** What a proxy passes on comes from somewhere else. */
function isFromHere(c: Context<Env>): boolean {
  const isPassedOn = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some(
    (name) => c.req.header(name) !== undefined,
  )
  const address = c.env?.incoming?.socket.remoteAddress
  return !isPassedOn && (address === undefined || HERE.test(address))
}
