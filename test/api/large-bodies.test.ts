import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort } from '../../db/daemon.ts'
import { BODY_MAX_BYTES, EVENTS_MAX } from '../../db/model/limits.ts'
import { freshDatabase } from '../stack/postgres.ts'
import { readProc } from '../stack/processes.ts'
import { until } from '../stack/until.ts'
import { anEvent } from './client.ts'

const home = mkdtempSync(join(tmpdir(), 'tidings-bodies-'))
let child: ChildProcess
let url: string
beforeAll(async () => {
  const port = `${await freePort()}`
  url = `http://127.0.0.1:${port}`
  child = spawn(process.execPath, ['--import', 'tsx', 'api/server.ts'], {
    env: { ...process.env, TIDINGS_HOME: home, DATABASE_URL: await freshDatabase(), PORT: port },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await until(() => existsSync(join(home, 'api-key')))
  await until(async () => (await fetch(`${url}/v1/session`, { headers: auth() })).ok)
})
afterAll(() => {
  child.kill('SIGKILL')
  rmSync(home, { recursive: true, force: true })
})

const auth = () => ({ authorization: `Bearer ${readFileSync(join(home, 'api-key'), 'utf8').trim()}` })
async function post(body: string) {
  const headers = { ...auth(), 'content-type': 'application/json' }
  const answer = await fetch(`${url}/v1/events`, { method: 'POST', headers, body })
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every form
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: (await answer.json()) as any }
}
/** As many events as one request takes, as large as a body may be. */
function fullBody(bytes = BODY_MAX_BYTES): string {
  const events = Array.from({ length: EVENTS_MAX }, () => anEvent({}, { extra: 'x'.repeat(1_700) }))
  const body = JSON.stringify(events)
  return body.padEnd(bytes, ' ')
}
/** The most memory the process ever had, in MB. Linux only. */
const peakMb = () => Number(/VmHWM:\s+(\d+)/.exec(readProc(child.pid!, 'status'))![1]) / 1024

it('is taken as large as allowed, and refused with one byte more', async () => {
  const largest = await post(fullBody())
  expect([largest.status, largest.body.results?.length]).toEqual([202, EVENTS_MAX])
  const larger = await post(fullBody(BODY_MAX_BYTES + 1))
  expect([larger.status, larger.body.code]).toEqual([413, 'body_too_large'])
})

it('that was cut off is refused with the place, however long it is', async () => {
  const cut = await post(fullBody().trimEnd().slice(0, -1))
  expect([cut.status, cut.body.code]).toEqual([400, 'invalid_json'])
  expect(cut.body.detail).toMatch(/ends too early, at line 1, column \d{6,}\.$/)
})

it('of nothing but a hundred thousand brackets does not end the process', async () => {
  for (const body of ['['.repeat(100_000), '['.repeat(100_000) + ']'.repeat(100_000)]) {
    const { status, body: problem } = await post(body)
    expect([status, problem.code]).toEqual([400, 'invalid_json'])
  }
  expect((await post(JSON.stringify(anEvent()))).status).toBe(202)
})

it('of a hundred at once is taken or put off with 429, and the process does not grow with them', async () => {
  const bodies = Array.from({ length: 100 }, () => fullBody())
  const beforeMb = peakMb()
  const answers = await Promise.all(bodies.map(post))
  const counts = new Map<number, number>()
  for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1)
  expect([...counts.keys()].sort()).toEqual([202, 429])
  expect(answers.filter((a) => a.status === 429).every((a) => a.retryAfter === '1')).toBe(true)
  // with all of them at once it would be 850
  expect(peakMb() - beforeMb).toBeLessThan(400)
})
