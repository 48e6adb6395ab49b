import { type SQL, sql } from 'drizzle-orm'
import { afterAll } from 'vitest'
import { type ApiKey, newApiKey } from '../db/api-keys.ts'
import { consequencesOf } from '../db/batches.ts'
import { createCampaign, publishCampaign } from '../db/campaigns.ts'
import { openStore, rows, type Store, type Tx } from '../db/client.ts'
import { loadPlan, takeStep } from '../db/enrolments.ts'
import { Campaign } from '../db/model/campaign-schema.ts'
import { COHORT_MAX } from '../db/model/limits.ts'
import type { Actor, Move, Outcome } from '../db/model/moves.ts'
import type { Unit } from '../db/model/period.ts'
import type { OrderReport } from '../db/model/report.ts'
import type { Axis } from '../db/model/status.ts'
import { moved, ready } from '../db/model/walk.ts'
import { createWorkspace, type NewWorkspace } from '../db/new-workspace.ts'
import { moveOrders } from '../db/orders.ts'
import { takeBatch } from '../db/outbox.ts'
import { type Received, type ReceiveOptions, receiveReports } from '../db/receive.ts'
import { type Look, releaseDue } from '../db/releases.ts'
import { changeStatus, listStatuses } from '../db/statuses.ts'
import { freshDatabase } from './stack/postgres.ts'

export const SECOND = 1_000
export const HOUR = 3_600_000
export const DAY = 86_400_000
/** When workspaces of tests begin; the clock is always told. */
export const NOON = Date.parse('2026-03-01T12:00:00Z')
export const KEY: Actor = { kind: 'key', id: 'test' }

let count = 0
/** A word that no other row has. */
export const unique = (word: string): string => `${word}-${process.pid.toString(36)}-${(++count).toString(36)}`
/** A Ukrainian number that no other customer has. */
export const uniquePhone = (): string => `+38067${String(1_000_000 + ++count)}`

/** A store over a database of this file's own; it is closed after the file's tests. */
export async function freshStore({ connectionsMax = 10 } = {}): Promise<{ store: Store; url: string }> {
  const url = await freshDatabase()
  const store = openStore(url, { connectionsMax })
  afterAll(() => store.close())
  return { store, url }
}

/** What a source says of an order; unique where nothing is said. */
export const report = ({ status = 'processing', type = 'general', ...more }: ReportWish = {}): OrderReport => ({
  source: 'shop',
  eventId: unique('event'),
  number: unique('N'),
  occurredAtMs: null,
  order: {},
  wanted: [{ axis: type, status: { code: status } }],
  ...more,
})
export type ReportWish = Partial<OrderReport> & { type?: Axis; status?: string }

export interface Made {
  id: string
  number: string
}

/** A workspace, and what people and systems do there, all at the moment its clock shows. */
export class Desk {
  readonly store: Store
  readonly id: string
  readonly key: ApiKey
  nowMs = NOON

  constructor(store: Store, id: string, key: ApiKey) {
    this.store = store
    this.id = id
    this.key = key
  }

  /** One transaction of this workspace. */
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.store.inWorkspace(this.id, work)
  }

  query<Row extends object>(statement: SQL): Promise<Row[]> {
    return this.run((tx) => rows<Row>(tx, statement))
  }

  async one<Row extends object>(statement: SQL): Promise<Row> {
    const [row] = await this.query<Row>(statement)
    if (!row) throw new Error('no such row')
    return row
  }

  receive(reports: OrderReport[], options: Partial<ReceiveOptions> = {}): Promise<Received[]> {
    return this.run((tx) => receiveReports(tx, reports, { actor: KEY, nowMs: this.nowMs, ...options }))
  }

  /** A new order with a customer who has a phone. */
  async order(wish: ReportWish = {}): Promise<Made> {
    const phone = uniquePhone()
    const [received] = await this.receive([report({ customer: { name: 'Olha Petrenko', phone }, ...wish })])
    return { id: received!.orderId!, number: received!.number! }
  }

  async statusId(code: string, axis: Axis = 'general'): Promise<string> {
    const found = (await this.run(listStatuses)).find((s) => s.axis === axis && s.code === code)
    if (!found) throw new Error(`no ${axis} status ${code}`)
    return found.id
  }

  /** Moves one order; what is not said is as a key would do it. */
  async move(order: Made, code: string, more: Partial<Move> = {}): Promise<Outcome> {
    const axis = more.axis ?? 'general'
    const toId = await this.statusId(code, axis)
    const move: Move = { orderId: order.id, actor: KEY, ...more, axis, toId }
    const [outcome] = await this.run((tx) => moveOrders(tx, [move], this.nowMs))
    return outcome!
  }

  /** A published campaign; `steps` as its document has them. */
  async campaign(...steps: object[]): Promise<string> {
    const id = await this.run((tx) => createCampaign(tx, unique('Campaign'), Campaign.parse({ steps }), this.nowMs))
    await this.run((tx) => publishCampaign(tx, id, 'test', this.nowMs))
    return id
  }

  /** From here on batches of its changes are not done at once: a campaign looks at all of them, and none fits it. */
  watch(): Promise<string> {
    return this.campaign({ ...trigger('sent', null), from: { statuses: ['return'] }, to: 'any' })
  }

  /** Does at once what the relay and the engine do: batches with all their consequences, and their walks. */
  async carry(): Promise<void> {
    for (let batch = await this.batch(); batch; batch = await this.batch()) {
      const { cohortIds } = await this.run((tx) => consequencesOf(tx, batch!, this.nowMs))
      for (const cohortId of cohortIds) await this.walk(cohortId)
    }
  }

  /** The id of a batch of the changes that are in none yet. */
  async batch(max = COHORT_MAX): Promise<string | undefined> {
    return (await takeBatch(this.store, this.id, max, this.nowMs))?.id
  }

  /** Walks a cohort until everybody waits or is out, as the workflow does. Answers the nodes that acted. */
  async walk(cohortId: string): Promise<string[]> {
    const acted: string[] = []
    const { plan, occupied } = await this.run((tx) => loadPlan(tx, cohortId, this.nowMs))
    for (let at = new Set(occupied); at.size > 0; ) {
      const acting = ready(plan, at)
      acted.push(...acting)
      const found: string[] = []
      for (const nodeId of acting)
        found.push(...(await this.run((tx) => takeStep(tx, cohortId, nodeId, this.nowMs))).occupied)
      at = moved(at, acting, found)
    }
    return acted
  }

  /** An order leaves a general status for another after a time. */
  timeout(code: string, amount: number, unit: Unit, to: string): Promise<void> {
    const timeout = { after: { amount, unit }, to }
    return this.run((tx) => changeStatus(tx, 'general', code, { timeout }, this.nowMs))
  }

  /** The code of an order's general status. */
  async codeOf({ id }: { id: string }): Promise<string> {
    const order = sql`orders o join order_statuses s on s.id = o.general_status_id`
    return (await this.one<{ code: string }>(sql`select s.code from ${order} where o.id = ${id}`)).code
  }

  /** When looks were asked for since `fromMs`. */
  async wakes(fromMs = 0): Promise<number[]> {
    const found = await this.query<{ at: number }>(
      sql`select (payload ->> 'atMs')::float8 as at from outbox where topic = 'place.wake'
          and created_at >= ${new Date(fromMs).toISOString()} order by outbox.id`,
    )
    return found.map((w) => w.at)
  }

  /** Lets `ms` pass. */
  pass(ms: number): void {
    this.nowMs += ms
  }

  /** What the timer of a place does when it rings, and the walks that follow. */
  async look(placeId: string): Promise<Look> {
    const look = await releaseDue(this.store, this.id, placeId, this.nowMs)
    for (const cohortId of look.cohortIds) await this.walk(cohortId)
    return look
  }

  /** The place of a general status, or of a wait step of the campaign's newest version. */
  async place(of: { status: string } | { campaign: string; node: string }): Promise<string> {
    const { id } = await this.one<{ id: string }>(
      'status' in of
        ? sql`select id from places where status_id = ${await this.statusId(of.status)}`
        : sql`select p.id from places p join campaign_versions v on v.id = p.version_id
              where v.campaign_id = ${of.campaign} and p.node_id = ${of.node} order by v.number desc limit 1`,
    )
    return id
  }
}

export async function makeDesk(store: Store, wish: Partial<NewWorkspace> = {}): Promise<Desk> {
  const key = newApiKey()
  const wanted: NewWorkspace = {
    name: unique('Workspace'),
    preset: 'call-centre',
    region: 'UA',
    currency: 'UAH',
    timezone: 'Europe/Kyiv',
    ordersEnabledBy: 'test',
    ...wish,
  }
  return new Desk(store, await createWorkspace(store, wanted, key, NOON), key)
}

/** The trigger of a campaign: an order comes to a status, from any. */
export const trigger = (to: string, next: string | null, more: object = {}) => ({
  id: 'trigger',
  kind: 'order_status_changed',
  type: 'general',
  from: 'any',
  to: { statuses: [to] },
  next: { out: next },
  ...more,
})
export const wait = (id: string, time: string, next: string | null) => ({
  id,
  kind: 'wait',
  for: time,
  next: { out: next },
})
export const sms = (id: string, message: string, next: string | null = null) => ({
  id,
  kind: 'send_sms',
  message,
  next: { out: next },
})
export const filter = (id: string, rules: object[], yes: string | null, no: string | null) => ({
  id,
  kind: 'filter_customers',
  where: { combinator: 'and', rules },
  next: { yes, no },
})

/** The code by which something was refused. */
export const refusalOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was refused',
    (error) => error.code ?? String(error),
  )
