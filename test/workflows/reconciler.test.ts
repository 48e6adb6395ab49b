import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getCampaign } from '../../db/campaign-views.ts'
import { rows } from '../../db/client.ts'
import { setEngineNamespace } from '../../db/installation.ts'
import { ATTEMPTS_MAX } from '../../db/model/limits.ts'
import { takeBatch } from '../../db/outbox.ts'
import { listStuck, retryStuck } from '../../db/stuck.ts'
import { countWork } from '../../db/system.ts'
import { until } from '../stack/until.ts'
import { publishSteps, report, sms, trigger } from './story.ts'
import { startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ relaying: false })
  await world.reconcile(Date.now())
})
afterAll(() => world?.end())

const campaign = (id: string) => world.store.inWorkspace(world.workspaceId, (tx) => getCampaign(tx, id))
const read = <Row extends object>(statement: ReturnType<typeof sql>) =>
  world.store.inWorkspace(world.workspaceId, (tx) => rows<Row>(tx, statement))
const retry = (kind: 'batch' | 'cohort', id: string) =>
  world.store.inWorkspace(world.workspaceId, (tx) => retryStuck(tx, kind, id, Date.now()))
const LATER_MS = 60_000

describe('the reconciler', () => {
  it('starts a batch that was made but never reached the engine', async () => {
    const id = await publishSteps(world, 'lost batch', [
      trigger('accepted', 'text'),
      sms('text', 'A {{ order.number }}'),
    ])
    await report(world, ['501'], 'accepted')
    await takeBatch(world.store, world.workspaceId, 500, Date.now())
    await world.reconcile(Date.now())
    expect(await campaign(id)).toMatchObject({ entered: 0 })
    await report(world, ['501'], 'processing')
    await report(world, ['501'], 'accepted')
    await takeBatch(world.store, world.workspaceId, 500, Date.now())
    await world.reconcile(Date.now() + LATER_MS)
    await until(async () => (await campaign(id)).ended === 1)
  })

  it('gives everything that is open to an engine that has lost everything, at once', async () => {
    const id = await publishSteps(world, 'lost engine', [
      trigger('sent', 'pause'),
      { id: 'pause', kind: 'wait', for: 'PT1S', next: { out: 'text' } },
      sms('text', 'B {{ order.number }}'),
    ])
    await report(world, ['502'], 'processing')
    await report(world, ['502'], 'sent')
    await takeBatch(world.store, world.workspaceId, 500, Date.now())
    await setEngineNamespace(world.store, 'another engine')
    await world.reconcile(Date.now())
    await until(async () => (await campaign(id)).waiting === 1)
    await world.relay.round()
    await until(async () => (await campaign(id)).ended === 1)
  })

  it('puts a cohort aside that stood still five times, says so, and lets it go on when it is told to', async () => {
    const id = await publishSteps(world, 'stuck', [trigger('paid', 'text'), sms('text', 'C')])
    await report(world, ['503'], 'processing')
    await report(world, ['503'], 'paid')
    // a member at a step that its version does not have
    await read(sql`insert into cohorts (id, workspace_id, campaign_id, version_id, origin_id, state, created_at, progress_at)
      select gen_random_uuid(), workspace_id, campaign_id, id, gen_random_uuid(), 'walking', now(), now()
      from campaign_versions where campaign_id = ${id}`)
    await read(sql`insert into enrolments (id, workspace_id, campaign_id, version_id, change_id, order_id, cohort_id, node_id, state, entered_at)
      select gen_random_uuid(), c.workspace_id, h.campaign_id, h.version_id, c.id, c.order_id, h.id, 'nowhere', 'walking', now()
      from cohorts h, order_status_changes c join orders o on o.id = c.order_id
      where h.campaign_id = ${id} and o.number = '503' and c.axis = 'general' and c.seq = 1`)
    const cohort = () =>
      read<{ id: string; state: string; restarts: number; error: string }>(
        sql`select * from cohorts where campaign_id = ${id}`,
      )
    for (let n = 1; n <= ATTEMPTS_MAX; n++) {
      await until(async () => {
        await world.reconcile(Date.now() + LATER_MS)
        return (await cohort())[0]!.restarts >= n
      })
    }
    await world.reconcile(Date.now() + LATER_MS)
    expect((await cohort())[0]).toMatchObject({ state: 'stuck', error: 'stood still' })
    await world.reconcile(Date.now() + LATER_MS)
    expect((await cohort())[0]).toMatchObject({ restarts: ATTEMPTS_MAX })

    await read(sql`update enrolments set node_id = 'text' where campaign_id = ${id} and node_id = 'nowhere'`)
    await retry('cohort', (await cohort())[0]!.id)
    await until(async () => {
      await world.relay.round()
      return (await cohort())[0]!.state === 'rest'
    })
  })
})

describe('a change that makes its batch fail', () => {
  it('is cut out and marked, the others of its batch go on, and so does it when it is tried again', async () => {
    const id = await publishSteps(world, 'poison', [trigger('return', 'text'), sms('text', 'D {{ order.number }}')])
    const numbers = Array.from({ length: 20 }, (_, i) => `${600 + i}`)
    await report(world, numbers, 'processing')
    const [bad] = await read<{ id: string }>(sql`select id from orders where number = '607'`)
    const owner = postgres(world.databaseUrl, { max: 1, onnotice: () => {} })
    await owner.unsafe(`create function fail() returns trigger language plpgsql as
      $$ begin raise exception using errcode = '22000'; end $$`)
    await owner.unsafe(
      `create trigger fail before insert on enrolments for each row when (new.order_id = '${bad!.id}') execute function fail()`,
    )
    await report(world, numbers, 'return')
    await until(async () => {
      await world.relay.round()
      return (await campaign(id)).ended === 19
    })
    const failed = await read<{ id: string; error: string; number: string }>(
      sql`select b.id, b.error, n.number from batches b join outbox o on o.batch_id = b.id
        join order_status_changes c on c.id = o.subject_id join orders n on n.id = c.order_id where b.failed_at is not null`,
    )
    expect(failed).toMatchObject([{ error: 'consequencesOf: 22000', number: '607' }])

    await owner.unsafe('drop trigger fail on enrolments')
    await owner.end()
    await retry('batch', failed[0]!.id)
    await until(async () => {
      await world.relay.round()
      return (await campaign(id)).ended === 20
    })
  })
})

describe('a customer for whom a step cannot be taken', () => {
  it('is put aside with the reason and the order, and all others of the cohort get their texts', async () => {
    const bad = ['701', '713']
    const owner = postgres(world.databaseUrl, { max: 1, onnotice: () => {} })
    await owner.unsafe(`create function poison() returns trigger language plpgsql as
      $$ begin if new.text in ('E 701', 'E 713') then raise exception using errcode = '22000'; end if; return new; end $$;
      create trigger poison before insert on sms_messages for each row execute function poison()`)
    await owner.end()
    const id = await publishSteps(world, 'poisoned step', [
      trigger('accepted', 'text'),
      sms('text', 'E {{ order.number }}', 'after'),
      sms('after', 'F {{ order.number }}'),
    ])
    const numbers = Array.from({ length: 20 }, (_, i) => `${700 + i}`)
    await report(world, numbers, 'processing')
    await report(world, numbers, 'accepted')
    await until(async () => {
      await world.relay.round()
      const { ended } = await campaign(id)
      const work = await world.store.inWorkspace(world.workspaceId, (tx) => countWork(tx, Date.now()))
      return ended === 18 && work.cohortsWalking === 0
    })
    const stuck = await world.store.inWorkspace(world.workspaceId, (tx) => listStuck(tx, Date.now()))
    const mine = stuck.filter((s) => s.campaign?.id === id)
    expect(
      mine.map(({ kind, error, order }) => ({ kind, error, order })).sort((a, b) => (a.order! < b.order! ? -1 : 1)),
    ).toEqual(bad.map((order) => ({ kind: 'cohort', error: 'takeStep: 22000', order })))
    const texts = await read<{
      text: string
    }>(sql`select m.text from sms_messages m join enrolments e on e.id = m.enrolment_id
      where e.campaign_id = ${id} order by 1`)
    const good = numbers.filter((n) => !bad.includes(n))
    expect(texts.map((m) => m.text)).toEqual([...good.map((n) => `E ${n}`), ...good.map((n) => `F ${n}`)])
  })
})
