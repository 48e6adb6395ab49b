import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { getCampaign } from '../../db/campaign-views.ts'
import { rows } from '../../db/client.ts'
import { freePort } from '../../db/daemon.ts'
import { commandLine, homePath, publish } from '../../db/home.ts'
import { getInstallation } from '../../db/installation.ts'
import { workflowIds } from '../../workflows/contracts.ts'
import { startDevServer, untilNamespaceAnswers } from '../../workflows/dev-server.ts'
import { findServer } from '../../workflows/find-server.ts'
import { until } from '../stack/until.ts'
import { publishSteps, report, sms, trigger } from './story.ts'
import { startWorld, type World } from './world.ts'

/** Events of a history after which the engine suggests to begin a new one; by itself it does so at 4,096. */
const SUGGESTED_AT = 40

let world: World
let pid: number
beforeAll(async () => {
  const server = {
    program: await findServer(),
    file: homePath('temporal', 'long-runs.db'),
    namespace: 'default',
    port: await freePort(),
    log: homePath('logs', 'temporal-long-runs.log'),
    dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': `${SUGGESTED_AT}` },
  }
  pid = startDevServer(server)
  publish('run/temporal-long-runs.pid', `${pid}\n`)
  await untilNamespaceAnswers(server, () => commandLine(pid) !== '')
  world = await startWorld({ address: `127.0.0.1:${server.port}` })
})
afterAll(async () => {
  await world?.end()
  process.kill(pid)
})

/** A campaign with a wait, and the place of it. */
async function makePlace(to: string, time: string) {
  const steps = [{ id: 'pause', kind: 'wait', for: time, next: { out: 'text' } }, sms('text', '{{ order.number }}')]
  const campaign = await publishSteps(world, to, [trigger(to, 'pause'), ...steps])
  const [place] = await world.store.inWorkspace(world.workspaceId, (tx) =>
    rows<{ id: string }>(
      tx,
      sql`select p.id from places p join campaign_versions v on v.id = p.version_id where v.campaign_id = ${campaign}`,
    ),
  )
  const { id: installation } = await getInstallation(world.store)
  return { campaign, placeId: place!.id, timer: workflowIds.place(installation, place!.id) }
}
const look = (id: string) => world.store.inWorkspace(world.workspaceId, (tx) => getCampaign(tx, id))

/** How long the history of each run of a workflow is, the newest first. */
async function lengths(workflowId: string): Promise<number[]> {
  const found: number[] = []
  for (let runId: string | undefined, isFirst = true; isFirst || runId; isFirst = false) {
    const { events } = await world.client.workflow.getHandle(workflowId, runId).fetchHistory()
    found.push(events!.length)
    runId = events![0]!.workflowExecutionStartedEventAttributes!.continuedExecutionRunId || undefined
  }
  return found
}

it('a timer that looked very often begins a new history, and everybody goes on whose wait is over', async () => {
  const { campaign, placeId, timer } = await makePlace('accepted', 'PT1S')
  const numbers = Array.from({ length: 20 }, (_, i) => `${800 + i}`)
  await report(world, numbers, 'processing')
  for (const number of numbers) {
    await report(world, [number], 'accepted')
    await world.engine.wakePlace({ workspaceId: world.workspaceId, id: placeId }, 0)
  }
  await until(async () => (await look(campaign)).ended === numbers.length)
  const runs = await lengths(timer)
  expect(runs.length).toBeGreaterThan(2)
  expect(Math.max(...runs)).toBeLessThan(2 * SUGGESTED_AT)
  const texts = await world.store.inWorkspace(world.workspaceId, (tx) =>
    rows<{ text: string }>(tx, sql`select text from sms_messages order by text`),
  )
  expect(texts.map((m) => m.text)).toEqual(numbers)
})

it('a timer that is told very often while it sleeps begins a new history too, and wakes when it should', async () => {
  const { campaign, placeId, timer } = await makePlace('sent', 'PT4S')
  await report(world, ['900'], 'processing')
  await report(world, ['900'], 'sent')
  await until(async () => (await look(campaign)).waiting === 1)
  const place = { workspaceId: world.workspaceId, id: placeId }
  for (let n = 0; n < 70; n++) await world.engine.wakePlace(place, Date.now() + 3_600_000 + n)
  await until(async () => (await look(campaign)).ended === 1)
  const runs = await lengths(timer)
  expect(Math.max(...runs)).toBeLessThan(2 * SUGGESTED_AT)
})
