import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { type RunningProduct, startProduct } from '../stack/product.ts'
import { until } from '../stack/until.ts'
import type { Clock } from './clock.ts'
import type { Disk } from './disk.ts'

/** The product under trial, what was asked of it, and what was done to it. */
export interface Rig {
  product: RunningProduct
  disk: Disk
  clock: Clock
  /** As the owner of the database; waits while there is none. */
  ask<T extends object>(query: (sql: postgres.Sql) => Promise<T[]>): Promise<T[]>
  /** One try, as other systems call; undefined while nobody answers. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer | undefined>
  /** Until it is answered well: what others do who lose nothing. */
  insist(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Events that were acknowledged, by their ids. */
  acknowledged: Set<string>
  campaignId: string
  /** How often something was struck that may have had answers in its hands. */
  losses: number
  restart(): Promise<void>
  end(): Promise<void>
}

export interface Answer {
  status: number
  body: Record<string, unknown>
  etag: string | null
}

const CALL_MS = 5_000
const PATIENCE_MS = 120_000

export async function openRig(disk: Disk, clock: Clock): Promise<Rig> {
  const env = { TIDINGS_DEMO: '1', RECEIPT_AFTER_MS: '200', ...clock.env }
  let product = await startProduct(env)
  let restarts = Promise.resolve()
  const call: Rig['call'] = async (method, path, body, headers = {}) => {
    const authorization = `Bearer ${product.key}`
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    // a timer of our own: one of AbortSignal.timeout does not keep its signal, which may be collected before it fires
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), CALL_MS)
    try {
      const answer = await fetch(product.url + path, {
        method,
        headers: { authorization, ...type, ...headers },
        signal: late.signal,
        ...sent,
      })
      const said = await answer.text()
      return { status: answer.status, body: said ? JSON.parse(said) : {}, etag: answer.headers.get('etag') }
    } catch {
      // nobody is there, or the answer was lost
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }
  const insist: Rig['insist'] = (method, path, body, headers) =>
    until(async () => {
      const answer = await call(method, path, body, headers)
      const isWell = answer !== undefined && answer.status < 500 && answer.status !== 429
      if (!isWell) await new Promise((resolve) => setTimeout(resolve, 200))
      return isWell ? answer : null
    }, PATIENCE_MS)
  const rig: Rig = {
    get product() {
      return product
    },
    disk,
    clock,
    ask: (query) =>
      until(async () => {
        const sql = postgres(readFileSync(join(product.home, 'database-url'), 'utf8'), {
          max: 1,
          onnotice: () => {},
          connect_timeout: 3,
        })
        try {
          return await query(sql)
        } catch (error) {
          if (error instanceof postgres.PostgresError && !/^(57|53|08)/.test(error.code)) throw error
          return null
        } finally {
          await sql.end({ timeout: 1 })
        }
      }, PATIENCE_MS),
    call,
    insist,
    acknowledged: new Set(),
    campaignId: '',
    losses: 0,
    restart() {
      // a second one may be asked for while the first is under way
      restarts = restarts.then(async () => {
        await product.kill()
        product = await startProduct(env, product)
      })
      return restarts
    },
    end: () => product.stop(),
  }
  rig.campaignId = await prepare(rig)
  return rig
}

/** A campaign with a wait and a join, a text for each who comes to Sent, and a minute's timeout. */
async function prepare({ insist }: Rig): Promise<string> {
  await insist('PATCH', '/v1/statuses/general/call-back', { timeout: { after: 'PT1M', to: 'cancelled' } })
  await insist('PATCH', '/v1/statuses/general/sent', {
    autoSms: { template: 'Sent: {{ order.number }}', always: true },
  })
  const rule = { field: 'order.total', operator: 'atLeast', value: 50 }
  const steps = [
    {
      id: 'start',
      kind: 'order_status_changed',
      type: 'general',
      next: { out: 'split' },
      from: { statuses: ['processing'] },
      to: { statuses: ['accepted'] },
      leaveWhenStatusChanges: false,
    },
    {
      id: 'split',
      kind: 'filter_customers',
      where: { combinator: 'and', rules: [rule] },
      next: { yes: 'pause', no: 'text' },
    },
    { id: 'pause', kind: 'wait', for: 'PT3S', next: { out: 'text' } },
    { id: 'text', kind: 'send_sms', message: 'Accepted: {{ order.number }}', next: { out: null } },
  ]
  const { body } = await insist('POST', '/v1/campaigns', { name: 'Under trial', draft: { steps } })
  await insist('POST', `/v1/campaigns/${body.id}/publish`)
  return body.id as string
}
