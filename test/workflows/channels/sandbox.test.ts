import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { HandOver } from '../../../workflows/channels/channel.ts'
import { sandboxChannel } from '../../../workflows/channels/sandbox.ts'
import { aText, handOvers, makeHome, send, startGateway, until } from './start-gateway.ts'

const nobody = { url: 'http://127.0.0.1:9' }
const untilStopped = () => new AbortController().signal

async function listening(server: Server): Promise<string> {
  onTestFinished(() => void server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('sandbox channel', { timeout: 60_000 }, () => {
  it('hands a text over', async () => {
    const home = makeHome()
    const { url } = await startGateway(home)
    const text = aText(nobody)
    const result = await sandboxChannel(() => url).send(text, untilStopped(), {})
    expect(result).toEqual({ outcome: 'sent', gatewayId: expect.stringContaining(text.id) })
    expect(handOvers(home)).toEqual(new Map([[text.id, 1]]))
  })

  it('says again when nothing listens or the gateway has no address', async () => {
    const refused = await sandboxChannel(() => 'http://127.0.0.1:9').send(aText(nobody), untilStopped(), {})
    expect(refused).toEqual({ outcome: 'again', reason: expect.stringContaining('ECONNREFUSED') })
    const nowhere = sandboxChannel(() => Promise.reject(new Error('not published')))
    expect(await nowhere.send(aText(nobody), untilStopped(), {})).toMatchObject({ outcome: 'again' })
  })

  it('says again, and when, while the gateway refuses', async () => {
    const { url } = await startGateway(makeHome(), { SANDBOX_REFUSE: '1' })
    const result = await sandboxChannel(() => url).send(aText(nobody), untilStopped(), {})
    expect(result).toEqual({ outcome: 'again', reason: expect.stringContaining('503'), afterMs: 1_000 })
  })

  it('says failed, with the sentence of the gateway, for a text it will never take', async () => {
    const { url } = await startGateway(makeHome())
    const result = await sandboxChannel(() => url).send(aText(nobody, { to: '12' }), untilStopped(), {})
    expect(result).toEqual({ outcome: 'failed', reason: expect.stringContaining('E.164') })
  })

  it('says again, not failed, when a stranger listens at the address', async () => {
    const url = await listening(createHttpServer((_, res) => res.writeHead(404).end('no such page')))
    const result = await sandboxChannel(() => url).send(aText(nobody), untilStopped(), {})
    expect(result).toMatchObject({ outcome: 'again' })
  })

  it('hands a group over in one go, each text with an outcome of its own, however long the texts are', async () => {
    const home = makeHome()
    const { url } = await startGateway(home)
    const texts = Array.from({ length: 120 }, () => aText({ url }, { text: 'ї'.repeat(1_600) }))
    texts[7] = aText(nobody, { to: '12' })
    const outcomes = await sandboxChannel(() => url).sendAll!(texts, untilStopped(), {})
    const bad = { outcome: 'failed', reason: expect.stringContaining('E.164') }
    expect(outcomes).toEqual(
      texts.map(({ id }, i) => (i === 7 ? bad : { outcome: 'sent', gatewayId: expect.stringContaining(id) })),
    )
    expect(handOvers(home)).toEqual(new Map(texts.filter((_, i) => i !== 7).map(({ id }) => [id, 1])))
  })

  it('says of a group what it says of one: again while refused, nowhere or by a stranger, unknown when lost', async () => {
    const home = makeHome()
    const { url } = await startGateway(home)
    const group = () => Array.from({ length: 20 }, () => aText(nobody))
    const sendTo = async (address: string) =>
      (await sandboxChannel(() => address).sendAll!(group(), untilStopped(), {})).map(({ outcome }) => outcome)
    const stranger = await listening(createHttpServer((_, res) => res.writeHead(404).end('no such page')))
    for (const address of ['http://127.0.0.1:9', stranger])
      expect(await sendTo(address)).toEqual(Array(20).fill('again'))
    await send(`${url}/faults`, { refuse: 1 }, 'PUT')
    expect(await sendTo(url)).toEqual(Array(20).fill('again'))
    expect(handOvers(home).size).toBe(0)
    await send(`${url}/faults`, { hangAfterAccept: 0.5 }, 'PUT')
    const mixed = await sendTo(url)
    expect(new Set(mixed)).toEqual(new Set(['sent', 'unknown']))
    expect(handOvers(home).size).toBe(20)
    await send(`${url}/faults`, { hangAfterAccept: 1 }, 'PUT')
    expect(await sendTo(url)).toEqual(Array(20).fill('unknown'))
    expect(handOvers(home).size).toBe(40)
  })

  it('says unknown when the answer is lost after the text was accepted', async () => {
    const home = makeHome()
    const { url } = await startGateway(home)
    await send(`${url}/faults`, { hangAfterAccept: 1 }, 'PUT')
    const text = aText(nobody)
    expect(await sandboxChannel(() => url).send(text, untilStopped(), {})).toMatchObject({ outcome: 'unknown' })
    expect(handOvers(home)).toEqual(new Map([[text.id, 1]]))
  })

  it('says again when a kept connection is lost before the text left', async () => {
    let asked = 0
    const lossy = createServer((socket) => {
      socket.on('error', () => {})
      socket.on('data', (data) => {
        if (!String(data).startsWith('POST')) {
          socket.write('HTTP/1.1 202 Accepted\r\ncontent-length: 17\r\n\r\n{"gatewayId":"g"}')
        } else if (++asked === 1) socket.write('HTTP/1.1 100 Continue\r\n\r\n')
        else socket.resetAndDestroy()
      })
    })
    const url = await listening(lossy)
    const channel = sandboxChannel(() => url)
    expect(await channel.send(aText(nobody), untilStopped(), {})).toEqual({ outcome: 'sent', gatewayId: 'g' })
    expect(await channel.send(aText(nobody), untilStopped(), {})).toMatchObject({ outcome: 'again' })
    expect(asked).toBe(2)
  })

  it('ends when it is stopped: again before the text left, unknown after', async () => {
    const { url } = await startGateway(makeHome(), { SANDBOX_LATENCY_MS: '60000' })
    const channel = sandboxChannel(() => url)
    expect(await channel.send(aText(nobody), AbortSignal.abort(), {})).toMatchObject({ outcome: 'again' })
    expect(await channel.send(aText(nobody), AbortSignal.timeout(1_000), {})).toMatchObject({ outcome: 'unknown' })
  })

  it('goes on without a loss after the gateway was killed while idle', async () => {
    const home = makeHome()
    const first = await startGateway(home)
    let url = first.url
    const channel = sandboxChannel(() => url)
    const burst = () => Promise.all(Array.from({ length: 50 }, () => channel.send(aText(nobody), untilStopped(), {})))
    const outcomes = [...(await burst())]
    await first.end('SIGKILL')
    url = (await startGateway(home)).url
    outcomes.push(...(await burst()))
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array(100).fill('sent'))
  })

  it.each(['SIGKILL', 'SIGTERM'] as const)('tells the truth of 500 texts in flight at a %s', async (signal) => {
    const home = makeHome()
    const gateway = await startGateway(home, { SANDBOX_LATENCY_MS: '100' })
    const channel = sandboxChannel(() => gateway.url)
    const results = new Map<string, HandOver['outcome']>()
    const flights = Array.from({ length: 500 }, async () => {
      const text = aText(nobody)
      results.set(text.id, (await channel.send(text, untilStopped(), {})).outcome)
    })
    await until(() => results.size > 0)
    await gateway.end(signal)
    await Promise.all(flights)
    await startGateway(home)
    const counts = handOvers(home)
    const lies = [...results].filter(([id, outcome]) => {
      const expected = { sent: [1], again: [undefined], failed: [], unknown: [1, undefined] }[outcome]
      return !(expected as unknown[]).includes(counts.get(id))
    })
    expect(lies).toEqual([])
    const known = [...results.values()]
    expect(known).toContain('sent')
    expect(known).toContain('again')
    if (signal === 'SIGTERM') expect(known).not.toContain('unknown')
  })
})
