import { Agent, request } from 'node:http'
import type { Channel, HandOver, Text } from './channel.ts'
import { type Answered, answerTo, messageOf } from './exchange.ts'

/** Connections to the gateway; further texts wait for one. */
const SOCKETS_MAX = 32
/** An idle connection is dropped long before the gateway would drop it. */
const IDLE_MS = 20_000
/** Answers that say the text was not accepted, but may be later. */
const NOT_NOW = new Set([408, 425, 429, 503])

/** The channel to the sandbox gateway; `url` is asked for each text, as a restarted gateway may have moved.
 *  It is idempotent only where `SANDBOX_IDEMPOTENT=1` makes the gateway drop repeats. */
export function sandboxChannel(url: () => string | Promise<string>): Channel {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS_MAX, timeout: IDLE_MS })
  return {
    kind: 'sandbox',
    idempotent: process.env.SANDBOX_IDEMPOTENT === '1',
    async send(text, signal) {
      let target: URL
      try {
        target = new URL('/texts', await url())
      } catch (error) {
        return { outcome: 'again', reason: `the gateway has no address yet: ${messageOf(error)}` }
      }
      return handOver(agent, target, text, signal)
    },
  }
}

// The text leaves only after the gateway's "100 Continue": a connection lost before it, a stale idle one included,
// carried no text, so nothing but a genuine loss in flight is "unknown".
async function handOver(agent: Agent, target: URL, text: Text, signal: AbortSignal): Promise<HandOver> {
  const body = JSON.stringify(text)
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    expect: '100-continue',
  }
  const req = request(target, { method: 'POST', agent, headers })
  let textSent = false
  req.on('continue', () => {
    textSent = true
    req.end(body)
  })
  try {
    const answer = await answerTo(req, signal)
    if (textSent) return meaningOf(answer)
    // an answer before the text leaves the request open: the connection cannot be used again
    req.destroy()
    return unasked(answer)
  } catch (error) {
    return { outcome: textSent ? 'unknown' : 'again', reason: messageOf(error) }
  }
}

function meaningOf({ status, headers, body }: Answered): HandOver {
  if (NOT_NOW.has(status)) return notNow(status, headers)
  const { gatewayId, error } = fieldsOf(body)
  if (status >= 200 && status < 300 && gatewayId) return { outcome: 'sent', gatewayId }
  if (status < 400 || status >= 500) return { outcome: 'unknown', reason: `the gateway answered ${status}` }
  // a stranger on a port the gateway left must not fail our texts for good
  if (!error) return { outcome: 'again', reason: `something else than the gateway answered ${status}` }
  return { outcome: 'failed', reason: error }
}

function unasked({ status, headers }: Answered): HandOver {
  if (NOT_NOW.has(status)) return notNow(status, headers)
  return { outcome: 'again', reason: `answered ${status} before the text was sent` }
}

function notNow(status: number, headers: Answered['headers']): HandOver {
  const seconds = Number(headers['retry-after'])
  const reason = `the gateway answered ${status}`
  return seconds > 0 ? { outcome: 'again', reason, afterMs: seconds * 1000 } : { outcome: 'again', reason }
}

function fieldsOf(answer: string): { gatewayId?: string; error?: string } {
  try {
    const { gatewayId, error } = JSON.parse(answer)
    return {
      ...(typeof gatewayId === 'string' && gatewayId ? { gatewayId } : {}),
      ...(typeof error === 'string' && error ? { error } : {}),
    }
  } catch {
    return {}
  }
}
