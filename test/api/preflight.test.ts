import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { refusalToStart } from '../../api/preflight.ts'
import { homePath, publish, readPublished, registerPart } from '../../db/home.ts'

// a home of its own: a part in that of the run would be waited for
process.env.TIDINGS_HOME = homePath('preflight')

let server: Server | undefined
afterEach(() => server?.close())

async function listening(answer: string): Promise<string> {
  server = createServer((_, response) => response.end(answer)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `${(server.address() as AddressInfo).port}`
}

it('says that Tidings already runs, and where', async () => {
  const PORT = await listening('{"product":"tidings"}')
  expect(await refusalToStart({ PORT })).toBe(`Tidings already runs: http://127.0.0.1:${PORT}`)
})

it('says that another program has the port', async () => {
  const PORT = await listening('hello')
  expect(await refusalToStart({ PORT })).toContain(`Port ${PORT} of 127.0.0.1 is taken`)
})

it.each(['0', '65536', 'web'])('refuses %s as a port', async (PORT) => {
  expect(await refusalToStart({ PORT })).toContain('PORT must be a number')
})

it('clears the addresses of the former run, and refuses beside a running one', async () => {
  const PORT = await listening('')
  server?.close()
  publish('database-url', 'old')
  expect(await refusalToStart({ PORT })).toBeNull()
  expect(readPublished('database-url')).toBeUndefined()
  registerPart('runner')
  expect(await refusalToStart({ PORT })).toContain(`(process ${process.pid})`)
})
