import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rows } from '../../db/client.ts'
import { getInstallation } from '../../db/installation.ts'
import { parsePeriod } from '../../db/model/period.ts'
import { setOrderStatus } from '../../db/order-status.ts'
import { listHistory } from '../../db/order-timeline.ts'
import { receiveReports } from '../../db/receive.ts'
import { changeStatus, getStatus } from '../../db/statuses.ts'
import { workflowIds } from '../../workflows/contracts.ts'
import { until } from '../stack/until.ts'
import { fastForward } from './time.ts'
import { startWorld, type World } from './world.ts'

const DAY = 86_400_000
const actor = { kind: 'key', id: 'test' } as const

describe('a status with a timeout, on the real engine under virtual time', () => {
  let world: World
  let timer: string
  let startMs: number
  beforeAll(async () => {
    world = await startWorld()
    const { store, workspaceId } = world
    startMs = Date.now()
    await store.inWorkspace(workspaceId, (tx) =>
      changeStatus(tx, 'general', 'processing', { timeout: { after: parsePeriod('P2W')!, to: 'cancelled' } }, startMs),
    )
    const placeId = await store.inWorkspace(workspaceId, async (tx) => {
      const { id } = await getStatus(tx, 'general', 'processing')
      const [place] = await rows<{ id: string }>(tx, sql`select id from places where status_id = ${id}`)
      return place!.id
    })
    timer = workflowIds.place((await getInstallation(store)).id, placeId)
    await until(() =>
      world.client.workflow
        .getHandle(timer)
        .describe()
        .catch(() => null),
    )
  })
  afterAll(() => world?.end())

  const order = (number: string, nowMs: number) =>
    world.store.inWorkspace(world.workspaceId, (tx) =>
      receiveReports(
        tx,
        [
          {
            source: 'test',
            eventId: number,
            number,
            occurredAtMs: null,
            order: {},
            wanted: [{ axis: 'general', status: { code: 'processing' } }],
          },
        ],
        { actor, nowMs },
      ),
    )
  const move = (number: string, code: string, nowMs: number) =>
    world.store.inWorkspace(world.workspaceId, (tx) =>
      setOrderStatus(tx, { number, type: 'general', code, actor }, nowMs),
    )
  const history = async (number: string) => {
    const found = await world.store.inWorkspace(world.workspaceId, async (tx) => {
      const [row] = await rows<{ id: string }>(tx, sql`select id from orders where number = ${number}`)
      return listHistory(tx, row!.id)
    })
    return found.filter((h) => h.type === 'general')
  }
  const codes = async (number: string) => (await history(number)).map((h) => h.to)

  it('S0-24, S0-26 counts two weeks from the last status change: left on day 5, back on day 10, moved on day 24', async () => {
    await order('stays', startMs)
    await order('returns', startMs)
    let nowMs = await fastForward(world, timer, 5 * DAY)
    await move('returns', 'accepted', nowMs)
    nowMs = await fastForward(world, timer, 5 * DAY)
    const backMs = nowMs
    await move('returns', 'processing', nowMs)
    await fastForward(world, timer, 4 * DAY + 60_000)
    await until(async () => (await codes('stays')).includes('cancelled'))
    expect(await codes('returns')).toEqual(['processing', 'accepted', 'processing'])
    await fastForward(world, timer, 11 * DAY)
    await until(async () => (await codes('returns')).includes('cancelled'))
    const last = (await history('returns')).at(-1)!
    expect(last).toMatchObject({ to: 'cancelled', from: 'processing', actor: { kind: 'timeout' }, reason: 'P2W' })
    const lateMs = Date.parse(last.changedAt) - (backMs + 14 * DAY)
    expect(lateMs).toBeGreaterThanOrEqual(0)
    expect(lateMs).toBeLessThan(20_000)
    const { id } = await getInstallation(world.store)
    await world.record('deadlines', timer.slice(id.length + 1))
  })
})
