import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { expect, it, onTestFinished } from 'vitest'
import { freePort } from '../../db/daemon.ts'
import { freshDatabase } from '../stack/postgres.ts'
import { proxyTo } from '../stack/proxy.ts'
import { until } from '../stack/until.ts'
import { anEvent } from './client.ts'

interface Api {
  url: string
  home: string
  said: () => string
  ended: Promise<number | null>
  stop(): void
}

/** The process over a database, in a home of its own; killed after the test. */
async function startApi(databaseUrl: string, env: Record<string, string> = {}): Promise<Api> {
  const home = mkdtempSync(join(tmpdir(), 'tidings-api-'))
  const port = env.PORT ?? `${await freePort()}`
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', 'api/server.ts'], {
    env: { ...process.env, TIDINGS_HOME: home, DATABASE_URL: databaseUrl, PORT: port, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout!.on('data', (text) => {
    output += text
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
    rmSync(home, { recursive: true, force: true })
  })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  return { url: `http://127.0.0.1:${port}`, home, said: () => output, ended, stop: () => child.kill('SIGTERM') }
}

const sql = (url: string) => {
  const client = postgres(url, { max: 2, onnotice: () => {} })
  onTestFinished(() => client.end())
  return client
}
const beat = (url: string) => sql(url)`insert into workers values (gen_random_uuid(), now(), now())`
const keyOf = ({ home }: Api) => (existsSync(join(home, 'api-key')) ? readFileSync(join(home, 'api-key'), 'utf8') : '')
/** Waits until it holds; what throws does not hold yet. */
const soon = <T>(check: () => Promise<T>) => until(() => check().catch(() => null))
const send = (api: Api, method: string, path: string, body?: unknown) =>
  fetch(api.url + path, {
    method,
    headers: { authorization: `Bearer ${keyOf(api)}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
const answers = (api: Api) => soon(() => fetch(`${api.url}/health/live`))

it('says that it is ready once a worker and the engine answer, and where the key is, not the key', async () => {
  const url = await freshDatabase()
  const api = await startApi(url)
  await answers(api)
  await until(() => readFileSync(join(api.home, 'logs', 'api.log')).length > 0)
  expect(api.said()).toBe('')
  await beat(url)
  await until(() => api.said().includes('\n'))
  const [ready, link, key] = api.said().split('\n')
  expect(ready).toBe(`Tidings is ready: ${api.url}`)
  expect(link).toMatch(new RegExp(`: ${api.url}/sign-in/[\\w-]{43}$`))
  expect(key).toBe(`The key of its first workspace is in ${api.home}/api-key`)
  expect(api.said()).not.toContain(keyOf(api))
  expect(statSync(join(api.home, 'api-key')).mode & 0o777).toBe(0o600)
  expect((await send(api, 'GET', '/v1/orders')).status).toBe(200)
})

it('prints a link at each start that signs a browser in to the first workspace, once', async () => {
  const url = await freshDatabase()
  await beat(url)
  const links: string[] = []
  for (const _ of ['first', 'second']) {
    const api = await startApi(url)
    links.push(await until(() => /http\S+\/sign-in\/\S+/.exec(api.said())?.[0]))
    const spend = () => fetch(links.at(-1)!, { method: 'POST', redirect: 'manual' })
    const spent = await spend()
    expect([spent.status, spent.headers.get('location')]).toEqual([303, '/'])
    const cookie = spent.headers.get('set-cookie')!.split(';')[0]!
    const session = await fetch(`${api.url}/v1/session`, { headers: { cookie } })
    expect(((await session.json()) as { workspace: object }).workspace).toMatchObject({ name: 'Demo shop' })
    expect((await spend()).status).toBe(410)
    api.stop()
    expect(await api.ended).toBe(0)
    expect(readFileSync(join(api.home, 'logs', 'api.log'), 'utf8')).not.toContain(links.at(-1)!.split('/').at(-1))
  }
  expect(links[0]).not.toBe(links[1])
}, 60_000)

it('told to stop, ends at once though pages listen', async () => {
  const api = await startApi(await freshDatabase())
  await soon(async () => (await send(api, 'GET', '/v1/session')).ok)
  const page = await send(api, 'GET', '/v1/stream')
  expect(page.status).toBe(200)
  const startedMs = performance.now()
  api.stop()
  expect(await page.text()).toContain('event: hello')
  expect(await api.ended).toBe(0)
  expect(performance.now() - startedMs).toBeLessThan(5_000)
})

it('makes the first workspace with Orders off where TIDINGS_DEMO is 0', async () => {
  const api = await startApi(await freshDatabase(), { TIDINGS_DEMO: '0' })
  await until(() => keyOf(api))
  await soon(async () => (await send(api, 'GET', '/v1/statuses')).ok)
  expect((await send(api, 'GET', '/v1/orders')).status).toBe(403)
})

it('told to stop, answers what it was asked and ends with 0', async () => {
  const url = await freshDatabase()
  const api = await startApi(url)
  await soon(async () => (await send(api, 'POST', '/v1/events', anEvent())).ok)
  const holder = sql(url)
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const held = holder.begin(async (tx) => {
    await tx`lock table received_events in access exclusive mode`
    await released
  })
  await until(
    async () => (await holder`select from pg_locks where mode = 'AccessExclusiveLock' and granted`).length > 0,
  )
  const answer = send(api, 'POST', '/v1/events', anEvent())
  await until(async () => (await holder`select from pg_locks where not granted`).length > 0)
  api.stop()
  await until(() =>
    fetch(`${api.url}/health/live`).then(
      () => false,
      () => true,
    ),
  )
  release()
  expect((await answer).status).toBe(202)
  await held
  expect(await api.ended).toBe(0)
})

it('waits for a database that is away at its start, and lives through one that goes away later', async () => {
  const database = await freshDatabase()
  const proxy = await proxyTo(database)
  const api = await startApi(proxy.url)
  await answers(api)
  expect((await fetch(`${api.url}/health/ready`)).status).toBe(503)
  await proxy.open()
  await until(() => keyOf(api))
  await beat(database)
  await until(() => api.said().includes('ready'))
  expect((await send(api, 'POST', '/v1/events', anEvent())).status).toBe(202)

  proxy.close()
  const refused = await send(api, 'POST', '/v1/events', anEvent())
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2'])
  expect((await fetch(`${api.url}/health/live`)).status).toBe(200)
  expect((await fetch(`${api.url}/health/ready`)).status).toBe(503)

  await proxy.open()
  await soon(async () => (await send(api, 'POST', '/v1/events', anEvent())).ok)
  expect(api.said().match(/is ready/g)).toHaveLength(1)
}, 60_000)

it('says in one sentence that its port is taken, and ends with 1', async () => {
  const taken = createServer()
  await once(taken.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void taken.close())
  const { port } = taken.address() as { port: number }
  const api = await startApi(await freshDatabase(), { PORT: `${port}` })
  expect(await api.ended).toBe(1)
  expect(api.said()).toBe(
    `Tidings cannot listen on 127.0.0.1:${port}: another program has it. Set another PORT or HOST.\n`,
  )
})
