import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'drizzle-orm'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { rows } from '../../db/client.ts'
import { publish } from '../../db/home.ts'
import { aText, makeHome, send, startGateway, startReceiver, until } from '../workflows/channels/start-gateway.ts'
import { addWorkspace, openApi } from './client.ts'
import { textOrders } from './messages.ts'

const { app, store, call, workspaceId } = await openApi()

beforeEach(() => {
  process.env.TIDINGS_HOME = makeHome()
})

/** A running network with one text of each workspace to the same number, handed over as the sender does. */
async function network() {
  const receiver = await startReceiver()
  const gateway = await startGateway(process.env.TIDINGS_HOME!)
  const handOver = async (workspace: string, id: string, to: string, text: string) => {
    const [channel] = await store.inWorkspace(workspace, (tx) =>
      rows<{ token: string }>(tx, sql`select token from channels where kind = 'sandbox'`),
    )
    const replyUrl = `${receiver.url}/v1/replies/sandbox/${channel!.token}`
    await send(`${gateway.url}/texts`, aText(receiver, { id, to, text, replyUrl }))
  }
  return { receiver, handOver }
}

it('shows the phones of its own workspace with what the ledger knows of their texts', { timeout: 60_000 }, async () => {
  const { receiver, handOver } = await network()
  const to = '+380671000021'
  const [order] = await textOrders(call, store, workspaceId, [to])
  const [message] = (await call('GET', `/v1/messages?order=${order}`)).body.messages
  const other = await addWorkspace(store, app)
  await handOver(workspaceId, message.id, to, message.text)
  await handOver(other.workspaceId, crypto.randomUUID(), to, 'Somebody else’s')

  const phone = { number: to, name: 'Anna', optedOut: false }
  expect((await call('GET', '/v1/phones')).body).toEqual({
    phones: [{ ...phone, lastText: message.text, lastAt: expect.any(String), count: 1 }],
  })
  const shown = { id: message.id, direction: 'to_phone', text: message.text, at: expect.any(String) }
  expect((await call('GET', `/v1/phones/${encodeURIComponent(to)}`)).body).toEqual({
    ...phone,
    texts: [{ ...shown, order, campaign: null, campaignId: null, state: 'queued' }],
  })
  expect((await other.call('GET', '/v1/phones')).body.phones).toMatchObject([
    { number: to, name: null, lastText: 'Somebody else’s' },
  ])

  const answer = await call('POST', `/v1/phones/${to}/replies`, { text: 'STOP' })
  expect([answer.status, answer.body]).toEqual([202, { id: expect.any(String), at: expect.any(String) }])
  await until(() => receiver.posts > 0)
  const { texts } = (await call('GET', `/v1/phones/${to}`)).body
  expect(texts.at(-1)).toEqual({ ...answer.body, direction: 'from_phone', text: 'STOP' })
  expect((await other.call('GET', `/v1/phones/${to}`)).body.texts).toHaveLength(1)
})

it('answers for a phone that got nothing: no texts, and 404 unknown_phone to its answer', {
  timeout: 60_000,
}, async () => {
  await network()
  expect((await call('GET', '/v1/phones/+380671000022')).body).toMatchObject({ name: null, texts: [] })
  const { status, body } = await call('POST', '/v1/phones/+380671000022/replies', { text: 'Hi' })
  expect([status, body.code]).toEqual([404, 'unknown_phone'])
})

/** Everything that asks the network is refused, as it is away. */
async function expectAway() {
  const path = '/v1/phones/+380671000023'
  const answers = [
    await call('GET', '/v1/phones'),
    await call('GET', path),
    await call('POST', `${path}/replies`, { text: 'Hi' }),
  ]
  for (const { status, body } of answers) expect([status, body.code]).toEqual([503, 'gateway_away'])
}

it.each([
  ['has not started yet', undefined],
  ['is away', 'http://127.0.0.1:9'],
])('answers 503 gateway_away while the network %s', async (_, url) => {
  if (url) publish('sandbox-gateway.url', url)
  await expectAway()
})

it.each<[string, RequestListener]>([
  ['answers with a page', (_, res) => res.end('<html></html>')],
  ['answers with nothing', (_, res) => res.writeHead(404).end()],
  [
    'hangs up within its answer',
    (_, res) => res.writeHead(200, { 'content-length': 9 }).write('{', () => res.destroy()),
  ],
])('answers 503 gateway_away while a stranger at its address %s', async (_, answer) => {
  const stranger = createServer(answer)
  onTestFinished(() => void stranger.close())
  await once(stranger.listen(0, '127.0.0.1'), 'listening')
  publish('sandbox-gateway.url', `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`)
  await expectAway()
})

it('refuses what is no number, and an answer without words', async () => {
  expect((await call('GET', '/v1/phones/anna')).body.errors[0].field).toBe('number')
  expect((await call('POST', '/v1/phones/+380671000024/replies', { text: ' ' })).body.errors[0].field).toBe('text')
})
