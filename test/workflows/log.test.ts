import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../api/app.ts'
import { formatApiKey, newApiKey } from '../../db/api-keys.ts'
import { createWorkspace } from '../../db/new-workspace.ts'
import { until } from '../stack/until.ts'
import { publishSteps, sms, trigger } from './story.ts'
import { startWorld, type World } from './world.ts'

interface Line {
  level: number
  msg?: string
  changes?: string[]
  count?: number
  texts?: { message: string; change: string; state: string; reason?: string }[]
  [more: string]: unknown
}
const [INFO, WARN] = [30, 40]
const lines: Line[] = []
const log = { write: (line: string) => void lines.push(JSON.parse(line)) }

let world: World
let say: (numbers: string[], status: string) => Promise<string[]>
beforeAll(async () => {
  world = await startWorld({ log })
  const apiKey = newApiKey()
  const wish = { name: 'Shop', preset: 'call-centre', region: 'UA', ordersEnabledBy: 'test' } as const
  const workspaceId = await createWorkspace(world.store, wish, apiKey, Date.now())
  const app = createApp({ store: world.store, logger: pino({}, log) })
  const headers = { authorization: `Bearer ${formatApiKey(apiKey)}`, 'content-type': 'application/json' }
  const of = { ...world, workspaceId }
  await publishSteps(of, 'Accepted', [trigger('accepted', 'text'), sms('text', 'Hi {{ order.number }}')])
  await world.reconcile(Date.now())
  /** Answers the changes that the request's line names. */
  say = async (numbers, status) => {
    const events = numbers.map((number) => ({
      specversion: '1.0',
      id: `${number}-${status}`,
      source: 'log',
      type: 'order.status_changed',
      data: { order: { number, customer: { phone: `+38067${number.padStart(7, '0')}` } }, type: 'general', status },
    }))
    const body = JSON.stringify(events)
    const answer = await app.request('/v1/events', {
      method: 'POST',
      headers: { ...headers, 'x-request-id': `${numbers[0]}-${status}` },
      body,
    })
    expect(answer.status).toBeLessThan(300)
    return lines.find((line) => line.requestId === `${numbers[0]}-${status}`)!.changes!
  }
})
afterAll(() => world?.end())

describe('the log', () => {
  it('names one change in the line of its request, its batch, its consequences, its step and its text, and nobody', async () => {
    await say(['1'], 'processing')
    const [change] = await say(['1'], 'accepted')
    const handed = () => lines.find(({ texts }) => texts?.some((text) => text.change === change))
    await until(() => handed() !== undefined)
    const named = lines.filter((line) => line.changes?.includes(change!) && line.msg)
    expect(named.map(({ msg }) => msg).sort()).toEqual(['batch given to the engine', 'consequences of a batch', 'step'])
    const [batch, consequences] = ['batch given to the engine', 'consequences of a batch'].map(
      (msg) => named.find((line) => line.msg === msg)!,
    )
    expect(consequences!.batch).toBe(batch!.batch)
    expect(consequences!.cohorts).toEqual([named.find((line) => line.msg === 'step')!.cohort])
    expect(handed()).toMatchObject({
      level: INFO,
      msg: 'handed over',
      ms: expect.any(Number),
      texts: [{ message: expect.stringMatching(/^[0-9a-f-]{36}$/), change, state: 'sent' }],
    })
    expect(JSON.stringify(lines)).not.toMatch(/38067|Hi 1/)
  })

  it('has one line for a group, which names the first fifty of its changes and counts them all', async () => {
    const numbers = Array.from({ length: 120 }, (_, n) => `${1_000 + n}`)
    await say(numbers, 'processing')
    const before = lines.length
    await say(numbers, 'accepted')
    const sent = () => lines.slice(before).flatMap(({ texts }) => texts ?? [])
    await until(() => sent().length === 120)
    const steps = lines.slice(before).filter(({ msg }) => msg === 'step')
    expect(steps.reduce((n, { count }) => n + count!, 0)).toBe(120)
    for (const { changes, count } of steps) expect(changes).toHaveLength(Math.min(50, count!))
    expect(lines.slice(before).length).toBeLessThan(60)
  })

  it('warns of a text that the gateway did not take, with its change and the reason', async () => {
    world.recorder.answer = () => ({ outcome: 'failed', reason: 'no such number' })
    await say(['2'], 'processing')
    const [change] = await say(['2'], 'accepted')
    const found = () => lines.find(({ texts }) => texts?.some((text) => text.change === change))
    await until(() => found() !== undefined)
    expect(found()).toMatchObject({ level: WARN, texts: [{ change, state: 'failed', reason: 'no such number' }] })
  })
})
