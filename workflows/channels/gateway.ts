/** The sandbox gateway: a stand-in phone network, run as a process of its own. Its log is the truth about what was
 *  handed over; see gateway-network.ts for what it promises and gateway-server.ts for how it is asked. */
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { CANNOT_START, keptPort } from '../../db/daemon.ts'
import { findPart, homePath, logTo, publish, registerPart, stopSignal, untilPartsGone } from '../../db/home.ts'
import { parseFaults } from './gateway-body.ts'
import { makeEvents } from './gateway-events.ts'
import { openNetwork } from './gateway-network.ts'
import { CONNECTIONS_MAX, gatewayServer } from './gateway-server.ts'

const PART = 'gateway'
const HOST = '127.0.0.1'
/** Between the acceptance of a text and its receipt, where env RECEIPT_AFTER_MS says nothing else. */
const RECEIPT_AFTER_MS = 300
/** Requests, then posts under way, may take this long each when we are told to stop. */
const FINISH_WITHIN_MS = 900
/** A gateway that is being stopped is gone after this. */
const FORMER_GONE_WITHIN_MS = 3 * FINISH_WITHIN_MS

const env = (name: string, otherwise: number): number => Number(process.env[name] || otherwise)

const stopping = stopSignal()
await untilPartsGone([PART], FORMER_GONE_WITHIN_MS)
if (findPart(PART)) {
  console.log(`A sandbox gateway runs already in ${homePath()}; two would write the same log.`)
  process.exit(CANNOT_START)
}
registerPart(PART)
const log = logTo(PART)

const events = makeEvents()
const network = await openNetwork({
  receiptAfterMs: env('RECEIPT_AFTER_MS', RECEIPT_AFTER_MS),
  idempotent: process.env.SANDBOX_IDEMPOTENT === '1',
  onText: events.tell,
})
const faults = parseFaults({
  latencyMs: env('SANDBOX_LATENCY_MS', 0),
  refuse: env('SANDBOX_REFUSE', 0),
  hangAfterAccept: env('SANDBOX_HANG_AFTER_ACCEPT', 0),
})
const server = gatewayServer({ network, events, faults })
const port = await keptPort(PART)
server.listen({ port, host: HOST, backlog: CONNECTIONS_MAX })
await once(server, 'listening')
const url = `http://${HOST}:${port}`
publish('sandbox-gateway.url', url)
log.info(`listening on ${url}`)

if (!stopping.aborted) await once(stopping, 'abort')
events.close()
server.close()
await Promise.race([once(server, 'close'), sleep(FINISH_WITHIN_MS)])
await Promise.race([network.close(), sleep(FINISH_WITHIN_MS)])
log.info('stopped')
process.exit(0)
