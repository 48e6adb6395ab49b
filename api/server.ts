import { once } from 'node:events'
import type { Server } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import { ownAddress, publishAddress, signInAddress } from '../db/address.ts'
import { databaseUrl, openStore } from '../db/client.ts'
import { faultOf } from '../db/fault.ts'
import { ensureFirstWorkspace, KEY_FILE } from '../db/first-workspace.ts'
import { listMissingParts } from '../db/health.ts'
import { homePath, logTo, readPublished, registerPart, stopSignal } from '../db/home.ts'
import { addSignInLink } from '../db/sessions.ts'
import { listWorkspaces } from '../db/workspaces.ts'
import { createApp } from './app.ts'
import { type Drain, startDrain } from './inbound/drain.ts'

const FINISH_WITHIN_MS = 10_000
const TRY_AGAIN_AFTER_MS = 1_000
const LOOK_EVERY_MS = 100
/** Longer than proxies keep an idle connection, so that none sends a request into one that we just closed. */
const KEEP_ALIVE_MS = 75_000
/** A request that is not whole by then is given up; shops themselves wait no longer. */
const SEND_WITHIN_MS = 60_000

const host = process.env.HOST || '127.0.0.1'
const port = Number(process.env.PORT || 4000)

registerPart('api')
const log = logTo('api')
const stopping = stopSignal()
const stopped = stopping.aborted ? Promise.resolve() : once(stopping, 'abort')

/** The value, unless we are told to stop before it is there. */
const unlessStopped = <T>(value: Promise<T>): Promise<T | undefined> =>
  Promise.race([value, stopped.then(() => undefined)])

const url = await unlessStopped(databaseUrl())
if (!url) process.exit(0)
const store = openStore(url)
const app = createApp({ store, logger: log, stopping })
const server = createAdaptorServer({ fetch: app.fetch }) as Server
server.keepAliveTimeout = KEEP_ALIVE_MS
server.requestTimeout = SEND_WITHIN_MS
server.on('error', refuseToListen)
server.listen(port, host)
await unlessStopped(once(server, 'listening'))
publishAddress()

const starting = start()
await stopped
await Promise.race([finish(), pause(FINISH_WITHIN_MS)])
log.info('stopped')
process.exit(0)

/** What needs the database; until it answers, requests are told that it is away. */
async function start(): Promise<Drain | undefined> {
  const demo = process.env.TIDINGS_DEMO !== '0'
  if (!(await succeeds('the first workspace', () => ensureFirstWorkspace(store, { demo, nowMs: Date.now() })))) return
  const drain = startDrain(store, log)
  void sayWhenReady()
  return drain
}

/** Repeats until it succeeds; false when we were told to stop before. */
async function succeeds(what: string, work: () => Promise<void>): Promise<boolean> {
  while (!stopping.aborted) {
    try {
      await work()
      return true
    } catch (error) {
      log.error(faultOf(error), `${what}: the database does not answer as it should; trying again`)
      await unlessStopped(pause(TRY_AGAIN_AFTER_MS))
    }
  }
  return false
}

async function sayWhenReady(): Promise<void> {
  const missing = () => listMissingParts(store, Date.now()).catch(() => ['database'])
  while (!stopping.aborted && (await missing()).length > 0) await pause(LOOK_EVERY_MS)
  await succeeds('the link to sign in', async () => {
    const [first] = await listWorkspaces(store)
    const secret = await store.inWorkspace(first!.id, (tx) => addSignInLink(tx, Date.now()))
    console.log(`Tidings is ready: ${ownAddress()}`)
    console.log(`Open it signed in, with a link that works once: ${signInAddress(ownAddress(), secret)}`)
    if (readPublished(KEY_FILE)) console.log(`The key of its first workspace is in ${homePath(KEY_FILE)}`)
  })
}

/** Takes no more requests, and finishes those under way and the body in the drain. */
async function finish(): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  // a connection that is kept alive becomes idle only after its last answer
  const closing = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS)
  await closed
  clearInterval(closing)
  await (await starting)?.close()
  await store.close()
}

function refuseToListen(error: NodeJS.ErrnoException): never {
  const why = error.code === 'EADDRINUSE' ? 'another program has it' : error.message
  console.log(`Tidings cannot listen on ${host}:${port}: ${why}. Set another PORT or HOST.`)
  process.exit(1)
}
