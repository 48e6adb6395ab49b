import { once } from 'node:events'
import { request } from 'node:http'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { answerTo } from '../../../workflows/channels/exchange.ts'
import { kannelChannel } from '../../../workflows/channels/kannel.ts'
import { aText } from './start-gateway.ts'

/** A stranger who does `act` as soon as he is asked. */
async function stranger(act: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => socket.on('error', () => {}).once('data', () => act(socket)))
  onTestFinished(() => void server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const SWITCHES = 'HTTP/1.1 101 Switching Protocols\r\nupgrade: other\r\nconnection: upgrade\r\n\r\n'

it.each([
  ['switches to another protocol', (socket: Socket) => socket.write(SWITCHES)],
  ['hangs up', (socket: Socket) => socket.end()],
  ['hangs up within its answer', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n0: Ac')],
  ['speaks no HTTP', (socket: Socket) => socket.end('220 mail ready\r\n')],
])('ends at once with a stranger who %s', async (_, act) => {
  const req = request(await stranger(act), { agent: false }).end()
  await expect(answerTo(req, new AbortController().signal)).rejects.toThrow()
})

it('ends a hand-over to a Kannel that switches to another protocol, as unknown', async () => {
  const url = await stranger((socket) => socket.write(SWITCHES))
  const settings = { url, username: 'a', password: 'b', from: 'Shop' }
  const text = aText({ url: 'http://127.0.0.1:9' })
  expect(await kannelChannel().send(text, new AbortController().signal, settings)).toEqual({
    outcome: 'unknown',
    reason: 'the connection was lost',
  })
})
