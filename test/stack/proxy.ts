import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { freePort } from '../../db/daemon.ts'

/** Stands between a process and its database, and can be closed and opened; closed after the test. */
export async function proxyTo(databaseUrl: string) {
  const { port: databasePort, hostname } = new URL(databaseUrl)
  const port = await freePort()
  const sockets = new Set<Socket>()
  let server: Server | undefined
  const open = async () => {
    server = createServer((socket) => {
      const onward = connect(Number(databasePort), hostname)
      for (const [a, b] of [
        [socket, onward],
        [onward, socket],
      ] as const) {
        sockets.add(a)
        a.pipe(b)
        a.on('error', () => {}).on('close', () => b.destroy())
      }
    })
    await once(server.listen(port, '127.0.0.1'), 'listening')
  }
  const close = () => {
    server?.close()
    for (const socket of sockets) socket.destroy()
  }
  onTestFinished(close)
  const url = new URL(databaseUrl)
  url.port = `${port}`
  return { url: url.href, open, close }
}
