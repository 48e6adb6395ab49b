import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { makeDesk } from '../factories.ts'
import { startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ relaying: false })
})
afterAll(() => world?.end())

it('goes on at once when the clock of the machine is set back', async () => {
  const desk = await makeDesk(world.store)
  const waiting = async () =>
    (await desk.one<{ n: number }>(sql`select count(*)::int as n from outbox where batch_id is null`)).n
  await desk.order()
  await world.relay.round()
  expect(await waiting()).toBe(0)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 })
  onTestFinished(() => void vi.useRealTimers())
  await desk.order()
  expect(await waiting()).toBeGreaterThan(0)
  await sleep(200)
  await world.relay.round()
  expect(await waiting()).toBe(0)
})
