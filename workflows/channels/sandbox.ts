import { Agent, request } from 'node:http'
import { chunks } from '../../db/model/lists.ts'
import type { Channel, HandOver, Text } from './channel.ts'
import { type Answered, answerTo, messageOf } from './exchange.ts'

/** Connections to the gateway; further texts wait for one. */
const SOCKETS_MAX = 32
/** An idle connection is dropped long before the gateway would drop it. */
const IDLE_MS = 20_000
/** Texts in one request; the gateway takes bodies of a megabyte. */
const GROUP_TEXTS_MAX = 50
/** Answers that say the text was not accepted, but may be later. */
const NOT_NOW = new Set([408, 425, 429, 503])

/** The channel to the sandbox gateway; `url` is asked each time, as a restarted gateway may have moved.
 *  It is idempotent only where `SANDBOX_IDEMPOTENT=1` makes the gateway drop repeats. */
export function sandboxChannel(url: () => string | Promise<string>): Channel {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS_MAX, timeout: IDLE_MS })
  async function exchange(path: string, body: object, signal: AbortSignal): Promise<Answered | HandOver> {
    let target: URL
    try {
      target = new URL(path, await url())
    } catch (error) {
      return { outcome: 'again', reason: `the gateway has no address yet: ${messageOf(error)}` }
    }
    return handOver(agent, target, JSON.stringify(body), signal)
  }
  async function sendGroup(texts: readonly Text[], signal: AbortSignal): Promise<HandOver[]> {
    const answer = await exchange('/text-groups', { texts }, signal)
    if ('outcome' in answer) return texts.map(() => answer)
    return meaningsOf(answer, texts.length)
  }
  return {
    kind: 'sandbox',
    idempotent: process.env.SANDBOX_IDEMPOTENT === '1',
    async send(text, signal) {
      const answer = await exchange('/texts', text, signal)
      return 'outcome' in answer ? answer : meaningOf(answer.status, answer.headers, objectIn(answer.body))
    },
    async sendAll(texts, signal) {
      const groups = chunks(texts, GROUP_TEXTS_MAX).map((group) => sendGroup(group, signal))
      return (await Promise.all(groups)).flat()
    },
  }
}

// What is said leaves only after the gateway's "100 Continue": a connection lost before it, a stale idle one included,
// carried no text, so nothing but a genuine loss in flight is "unknown".
async function handOver(agent: Agent, target: URL, body: string, signal: AbortSignal): Promise<Answered | HandOver> {
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
    if (textSent) return answer
    // an answer before the text leaves the request open: the connection cannot be used again
    req.destroy()
    return unasked(answer)
  } catch (error) {
    return { outcome: textSent ? 'unknown' : 'again', reason: messageOf(error) }
  }
}

/** What the answer to a group says of each of its texts, which have a status and a body of their own, or no answer. */
function meaningsOf({ status, headers, body }: Answered, count: number): HandOver[] {
  const said: unknown = status === 207 ? objectIn(body).answers : undefined
  const answers: (Record<string, unknown> | null | undefined)[] = Array.isArray(said) ? said : []
  const whole = status === 207 ? UNANSWERED : meaningOf(status, headers, objectIn(body))
  return Array.from({ length: count }, (_, i) => {
    const own = answers[i]
    return typeof own?.status === 'number' ? meaningOf(own.status, headers, own) : whole
  })
}

const UNANSWERED: HandOver = { outcome: 'unknown', reason: 'the gateway did not answer for it' }

function meaningOf(status: number, headers: Answered['headers'], said: Record<string, unknown>): HandOver {
  if (NOT_NOW.has(status)) return notNow(status, headers)
  const [gatewayId, error] = [wordIn(said.gatewayId), wordIn(said.error)]
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

/** The object of an answer; empty for one that is none. */
function objectIn(answer: string): Record<string, unknown> {
  try {
    const said: unknown = JSON.parse(answer)
    return typeof said === 'object' && said !== null ? (said as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

const wordIn = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined)
