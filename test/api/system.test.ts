import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { beat } from '../../db/installation.ts'
import { anEvent, openApi } from './client.ts'

const { store, call, workspaceId } = await openApi()
let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tidings-system-'))
  vi.stubEnv('TIDINGS_HOME', home)
  return () => {
    vi.unstubAllEnvs()
    rmSync(home, { recursive: true, force: true })
  }
})

async function gatewayAt(answer: Parameters<typeof createServer>[1]): Promise<void> {
  const server = createServer(answer)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  writeFileSync(join(home, 'sandbox-gateway.url'), `http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
}
const stateOf = async (part: string) =>
  (await call('GET', '/v1/system')).body.parts.find(({ name }: { name: string }) => name === part).state

it('tells what is connected, what is under way and what is stuck', async () => {
  const nowMs = Date.now()
  await beat(store, { id: crypto.randomUUID(), seenMs: nowMs, engineMs: nowMs })
  await call('POST', '/v1/events', anEvent())
  const { status, body } = await call('GET', '/v1/system')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    channel: { kind: 'sandbox' },
    work: { outboxWaiting: 3, batchesOpen: 0, textsQueued: 0, inboundWaiting: 0 },
    stuck: [],
  })
  expect(body.parts.map(({ name, state }: { name: string; state: string }) => `${name} ${state}`)).toEqual([
    'database up',
    'engine up',
    'worker up',
    'gateway down',
  ])
})

it('says that the gateway is up when it answers, whatever it answers, and down when it does not within a second', async () => {
  expect(await stateOf('gateway')).toBe('down')
  await gatewayAt((_, response) => response.writeHead(404).end())
  expect(await stateOf('gateway')).toBe('up')
  await gatewayAt(() => {})
  const startedMs = performance.now()
  expect(await stateOf('gateway')).toBe('down')
  expect(performance.now() - startedMs).toBeLessThan(2_000)
})

it('does not claim to know a gateway that it cannot ask', async () => {
  await store.inWorkspace(workspaceId, (tx) => tx.execute(`update channels set kind = 'kannel'`))
  expect((await call('GET', '/v1/system')).body.channel).toEqual({ kind: 'kannel' })
  expect(await stateOf('gateway')).toBe('unknown')
})
