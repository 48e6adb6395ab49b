import { setMaxListeners } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import type { Channel, HandOver, Text } from './channel.ts'

/** Connections to the gateway; further texts wait for one. */
const SOCKETS_MAX = 32
/** An idle connection is dropped long before the gateway would drop it. */
const IDLE_MS = 20_000
/** From the call to the end of the answer. */
const ANSWER_WITHIN_MS = 10_000
const ANSWER_CHARS_MAX = 64 * 1024
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
      // one signal stops all texts in flight; each of them listens
      setMaxListeners(0, signal)
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
function handOver(agent: Agent, target: URL, text: Text, signal: AbortSignal): Promise<HandOver> {
  const body = JSON.stringify(text)
  return new Promise((resolve) => {
    let textSent = false
    const settle = (result: HandOver) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      resolve(result)
    }
    const lost = (error: unknown) => settle({ outcome: textSent ? 'unknown' : 'again', reason: messageOf(error) })

    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      expect: '100-continue',
    }
    const req = request(target, { method: 'POST', agent, headers })
    const timer = setTimeout(() => req.destroy(new Error('no answer within 10 s')), ANSWER_WITHIN_MS)
    const abort = () => req.destroy(new Error('the sender was stopped'))
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()

    req.on('error', lost)
    req.on('continue', () => {
      textSent = true
      req.end(body)
    })
    req.on('response', (res) => {
      read(res).then((answer) => settle(textSent ? meaningOf(res, answer) : unasked(res)), lost)
      // an answer before the text leaves the request open: the connection cannot be used again
      if (!textSent) res.on('end', () => req.destroy())
    })
  })
}

async function read(res: IncomingMessage): Promise<string> {
  let answer = ''
  for await (const chunk of res.setEncoding('utf8')) {
    answer += chunk
    if (answer.length > ANSWER_CHARS_MAX) throw new Error('the answer is too long')
  }
  return answer
}

function meaningOf(res: IncomingMessage, answer: string): HandOver {
  const status = res.statusCode ?? 0
  if (NOT_NOW.has(status)) return notNow(res)
  const { gatewayId, error } = fieldsOf(answer)
  if (status >= 200 && status < 300 && gatewayId) return { outcome: 'sent', gatewayId }
  if (status < 400 || status >= 500) return { outcome: 'unknown', reason: `the gateway answered ${status}` }
  // a stranger on a port the gateway left must not fail our texts for good
  if (!error) return { outcome: 'again', reason: `something else than the gateway answered ${status}` }
  return { outcome: 'failed', reason: error }
}

function unasked(res: IncomingMessage): HandOver {
  if (NOT_NOW.has(res.statusCode ?? 0)) return notNow(res)
  return { outcome: 'again', reason: `answered ${res.statusCode} before the text was sent` }
}

function notNow(res: IncomingMessage): HandOver {
  const seconds = Number(res.headers['retry-after'])
  const reason = `the gateway answered ${res.statusCode}`
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

const messageOf = (error: unknown): string => (error instanceof Error && error.message ? error.message : String(error))
