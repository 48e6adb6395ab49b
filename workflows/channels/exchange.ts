import { once, setMaxListeners } from 'node:events'
import type { ClientRequest, IncomingMessage } from 'node:http'

/** From the call to the end of the answer. */
const ANSWER_WITHIN_MS = 10_000
const ANSWER_CHARS_MAX = 64 * 1024

/** What a gateway said to a request. */
export interface Answered {
  status: number
  headers: IncomingMessage['headers']
  body: string
}

/** Waits for the whole answer to a request that is under way, at most ten seconds and until `signal` is aborted.
 *  Rejects when the connection is lost before. */
export async function answerTo(req: ClientRequest, signal: AbortSignal): Promise<Answered> {
  // one signal stops all texts in flight; each of them listens
  setMaxListeners(0, signal)
  const timer = setTimeout(() => req.destroy(new Error('no answer within 10 s')), ANSWER_WITHIN_MS)
  const abort = () => req.destroy(new Error('the sender was stopped'))
  signal.addEventListener('abort', abort)
  // what is told after the answer is whole has nobody to hear it
  req.on('error', () => {})
  if (signal.aborted) abort()
  try {
    const [res] = (await Promise.race([once(req, 'response'), untilLost(req)])) as [IncomingMessage]
    return { status: res.statusCode ?? 0, headers: res.headers, body: await read(res) }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
  }
}

/** Rejects once the connection is closed: one that would go on in another protocol is, without an error. */
async function untilLost(req: ClientRequest): Promise<never> {
  await once(req, 'close')
  throw new Error('the connection was lost')
}

async function read(res: IncomingMessage): Promise<string> {
  let answer = ''
  for await (const chunk of res.setEncoding('utf8')) {
    answer += chunk
    if (answer.length > ANSWER_CHARS_MAX) throw new Error('the answer is too long')
  }
  return answer
}

export const messageOf = (error: unknown): string =>
  error instanceof Error && error.message ? error.message : String(error)
