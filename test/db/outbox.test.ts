import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { pauseCampaign, resumeCampaign } from '../../db/campaigns.ts'
import { ATTEMPTS_MAX } from '../../db/model/limits.ts'
import {
  listControls,
  listOpenChanges,
  listStoodStill,
  listUnstarted,
  markCarried,
  markStarted,
  noteRestart,
  putAside,
  type Still,
  takeBatch,
} from '../../db/outbox.ts'
import { type Desk, freshStore, HOUR, makeDesk, sms, trigger, wait } from '../factories.ts'
import { change } from './status-verbs.ts'

const { store } = await freshStore()

const openOf = async ({ id }: Desk, max = 500) => (await listOpenChanges(store, max)).find((w) => w.workspaceId === id)
const stillOf = async (desk: Desk, beforeMs: number | null, max = 100) =>
  (await listStoodStill(store, beforeMs, max)).filter((s) => s.workspaceId === desk.id)

describe('what the relay is told', () => {
  it('is how many changes of each workspace wait, up to a full batch, and what is under way', async () => {
    const [desk, other] = [await makeDesk(store), await makeDesk(store)]
    await desk.watch()
    await desk.order()
    await other.order()
    await other.order()
    expect(await openOf(desk)).toMatchObject({ waiting: 3, underWay: 0 })
    expect(await openOf(other, 4)).toMatchObject({ waiting: 4, underWay: 0 })
    await desk.batch()
    expect(await openOf(desk)).toBeUndefined()
    await desk.order()
    expect(await openOf(desk)).toMatchObject({ waiting: 3, underWay: 1 })
  })

  it('is which batches the engine does not know yet, until it does', async () => {
    const desk = await makeDesk(store)
    await desk.watch()
    await desk.order()
    const batch = (await desk.batch())!
    const unstarted = async () => (await listUnstarted(store, 100)).map((b) => b.id)
    expect(await unstarted()).toContain(batch)
    await markStarted(store, [batch], desk.nowMs)
    expect(await unstarted()).not.toContain(batch)
  })

  it('is every wish but changes, in order, until it is carried', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'text'), sms('text', 'Hi'))
    const order = await desk.order()
    await desk.move(order, 'sent')
    await desk.run((tx) => pauseCampaign(tx, id, desk.nowMs))
    await desk.carry()
    await desk.run((tx) => resumeCampaign(tx, id, desk.nowMs))
    const mine = async () => (await listControls(store, 100)).filter((c) => c.workspaceId === desk.id)
    const [control, ...rest] = await mine()
    expect(control).toMatchObject({ topic: 'cohort.go', payload: {} })
    expect(rest).toEqual([])
    await markCarried(store, [control!.id], desk.nowMs)
    expect(await mine()).toEqual([])
  })
})

describe('what has stood still', () => {
  /** A workspace with an open batch, a walking cohort and a place to look at. */
  async function stuckAtWork() {
    const desk = await makeDesk(store)
    await desk.campaign(trigger('sent', 'w'), wait('w', 'PT1H', 'text'), sms('text', 'Hi'))
    const order = await desk.order()
    await desk.move(order, 'sent')
    await desk.carry()
    await desk.query(sql`update places set wake_at = ${new Date(desk.nowMs).toISOString()}`)
    await desk.query(sql`update cohorts set state = 'walking'`)
    await desk.watch()
    await desk.move(order, 'paid')
    await desk.batch()
    return desk
  }

  it('is found once its time is over, and everything open when the engine lost it all', async () => {
    const desk = await stuckAtWork()
    const kinds = async (beforeMs: number | null) => (await stillOf(desk, beforeMs)).map((s) => s.kind).sort()
    expect(await kinds(desk.nowMs)).toEqual([])
    expect(await kinds(desk.nowMs + 1)).toEqual(['batch', 'cohort', 'place'])
    expect(await kinds(null)).toEqual(['batch', 'cohort', 'place'])
  })

  it('is not what is done, at rest, held or closed', async () => {
    const desk = await stuckAtWork()
    await desk.query(sql`update batches set consequences_at = now()`)
    await desk.query(sql`update cohorts set state = 'held'`)
    await desk.query(sql`update places set closed_at = now()`)
    expect(await stillOf(desk, null)).toEqual([])
  })

  it.each(['batch', 'cohort'] as const)(
    'is put aside for people once a %s was started anew as often as allowed without an end',
    async (kind) => {
      const desk = await stuckAtWork()
      const find = async (): Promise<Still | undefined> => (await stillOf(desk, null)).find((s) => s.kind === kind)
      for (let n = 0; n < ATTEMPTS_MAX; n++) await noteRestart(store, (await find())!)
      const still = await find()
      expect(still).toMatchObject({ restarts: ATTEMPTS_MAX })
      await putAside(store, still!)
      expect(await find()).toBeUndefined()
      const row =
        kind === 'batch'
          ? sql`select failed_at is not null as aside, error, restarts from batches where id = ${still!.id}`
          : sql`select state = 'stuck' as aside, error, restarts from cohorts where id = ${still!.id}`
      expect(await desk.one(row)).toEqual({ aside: true, error: 'stood still', restarts: ATTEMPTS_MAX })
    },
  )

  it('stops counting once it has got done', async () => {
    const desk = await stuckAtWork()
    const cohort = (await stillOf(desk, null)).find((s) => s.kind === 'cohort')!
    await desk.query(sql`update cohorts set state = 'rest'`)
    for (let n = 0; n < ATTEMPTS_MAX; n++) await noteRestart(store, cohort)
    expect(await desk.one(sql`select state, restarts from cohorts`)).toEqual({ state: 'rest', restarts: 0 })
  })

  it('is a place that nobody has looked at yet, too', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(trigger('sent', 'w'), wait('w', 'PT1H', null))
    expect(await stillOf(desk, desk.nowMs - HOUR)).toMatchObject([{ kind: 'place' }])
  })
})

describe('takeBatch', () => {
  it('takes the oldest changes, each into one batch, though two relays take at once', async () => {
    const desk = await makeDesk(store)
    for (let n = 0; n < 4; n++) await desk.order()
    const taken = await Promise.all(Array.from({ length: 6 }, () => takeBatch(store, desk.id, 5, desk.nowMs)))
    const ids = taken.filter((t) => t !== null).map((t) => t.id)
    const batches = await desk.query<{ id: string; size: number; held: number }>(
      sql`select b.id, size, (select count(*)::int from outbox where batch_id = b.id) as held from batches b`,
    )
    expect(batches.map((b) => b.id).sort()).toEqual(ids.sort())
    for (const { size, held } of batches) expect(held).toBe(size)
    expect(batches.reduce((n, b) => n + b.held, 0)).toBe(
      (await desk.query(sql`select from outbox where batch_id is not null`)).length,
    )
    await desk.carry()
    expect(await desk.query(sql`select from outbox where batch_id is null`)).toEqual([])
    expect(await takeBatch(store, desk.id, 5, desk.nowMs)).toBeNull()
  })

  describe('is done with a batch at once', () => {
    const open = (desk: Desk) => desk.query(sql`select from batches where consequences_at is null`)
    const taken = async (desk: Desk) => (await takeBatch(store, desk.id, 500, desk.nowMs))!.isIdle

    it('where no campaign and no text of a status looks at what its changes entered', async () => {
      const [desk, other] = [await makeDesk(store), await makeDesk(store)]
      await other.campaign(trigger('processing', null))
      await desk.campaign(trigger('sent', null))
      await desk.order()
      expect(await taken(desk)).toBe(true)
      expect(await open(desk)).toEqual([])
      expect((await listUnstarted(store, 100)).filter((b) => b.workspaceId === desk.id)).toEqual([])
    })

    it('where the customer is not to be told', async () => {
      const desk = await makeDesk(store)
      const order = await desk.order()
      await desk.carry()
      await desk.campaign(trigger('sent', null))
      await desk.move(order, 'sent', { silent: true })
      expect(await taken(desk)).toBe(true)
    })

    it.each<[string, (desk: Desk) => Promise<unknown>]>([
      ['a campaign reacts to one of its statuses', (desk) => desk.campaign(trigger('sent', null))],
      ['a campaign reacts to a group', (desk) => desk.campaign({ ...trigger('sent', null), to: { group: 'sent' } })],
      ['a campaign reacts to any change', (desk) => desk.campaign({ ...trigger('sent', null), to: 'any' })],
      [
        'one of its statuses sends a text',
        (desk) => change(desk, 'sent', { autoSms: { template: 'x', always: true } }),
      ],
    ])('but not where %s', async (_, use) => {
      const desk = await makeDesk(store)
      await use(desk)
      const [order] = [await desk.order(), await desk.order()]
      await desk.move(order, 'sent')
      expect(await taken(desk)).toBe(false)
      expect(await open(desk)).toHaveLength(1)
    })
  })
})
