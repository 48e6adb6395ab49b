import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Faults,
  GatewayRefusal,
  GROUP_BYTES_MAX,
  parseFaults,
  parseGroup,
  parseLine,
  parseText,
  parseWords,
  readJson,
} from './gateway-body.ts'
import type { Events } from './gateway-events.ts'
import type { Network } from './gateway-network.ts'

/** Also the backlog of those not yet taken up. */
export const CONNECTIONS_MAX = 4_000
const REQUEST_WITHIN_MS = 10_000
/** Longer than any client of ours keeps an idle connection, so that the client is who closes it. */
const IDLE_MS = 65_000
const RETRY_AFTER_SECONDS = 1
/** Who asks by another name was led here by a page of another site. */
const OUR_HOST = /^(127\.0\.0\.1|localhost)(:\d+)?$/

interface Call {
  req: IncomingMessage
  res: ServerResponse
  /** The number in the path, or ''. */
  number: string
  /** The line asked for; undefined for all. */
  line: string | undefined
}
/** What to answer; undefined when the route has dealt with the response itself. */
type Answer = { status: number; body: object } | undefined
interface Route {
  method: string
  path: RegExp
  answer: (call: Call) => Promise<Answer> | Answer
}

/** The gateway's HTTP interface, not yet listening. */
export function gatewayServer(gateway: { network: Network; events: Events; faults: Faults }): Server {
  const { network, events } = gateway
  let { faults } = gateway
  const chance = (share: number) => share > 0 && Math.random() < share

  /** One text; no answer where a fault loses it. */
  async function take(body: Record<string, unknown>): Promise<Answer> {
    const text = parseText(body)
    if (chance(faults.refuse)) throw new GatewayRefusal(503, 'Nothing is accepted now: a fault for trials.')
    const gatewayId = await network.accept(text)
    return chance(faults.hangAfterAccept) ? undefined : { status: 202, body: { id: text.id, gatewayId } }
  }

  const routes: Route[] = [
    {
      method: 'POST',
      path: /^\/texts$/,
      async answer({ req, res }) {
        const text = await readJson(req)
        if (faults.latencyMs > 0) await sleep(faults.latencyMs)
        const answer = await take(text)
        if (!answer) res.destroy()
        return answer
      },
    },
    {
      // as a network of phones takes many texts over one connection: each has an answer of its own
      method: 'POST',
      path: /^\/text-groups$/,
      async answer({ req, res }) {
        const texts = parseGroup(await readJson(req, GROUP_BYTES_MAX))
        if (faults.latencyMs > 0) await sleep(faults.latencyMs)
        const taken = await Promise.all(texts.map((text) => take(text).catch(refusalOf)))
        const answers = taken.map((answer) => answer && { status: answer.status, ...answer.body })
        if (answers.some((answer) => answer)) return { status: 207, body: { answers: answers.map((a) => a ?? null) } }
        res.destroy()
        return undefined
      },
    },
    { method: 'GET', path: /^\/phones$/, answer: ({ line }) => ok({ phones: network.phones.list(line) }) },
    {
      method: 'GET',
      path: /^\/phones\/events$/,
      answer({ res }) {
        if (!events.listen(res)) throw new GatewayRefusal(503, 'Too many listen already.')
        return undefined
      },
    },
    {
      method: 'GET',
      path: /^\/phones\/([^/]+)\/texts$/,
      answer: ({ number, line }) => ok({ number, texts: network.phones.textsOf(number, line) }),
    },
    {
      method: 'POST',
      path: /^\/phones\/([^/]+)\/replies$/,
      async answer({ req, number }) {
        const { text, line } = await readJson(req)
        return { status: 202, body: await network.reply(number, parseWords(text), parseLine(line)) }
      },
    },
    { method: 'GET', path: /^\/faults$/, answer: () => ok(faults) },
    {
      method: 'PUT',
      path: /^\/faults$/,
      async answer({ req }) {
        faults = parseFaults(await readJson(req))
        return ok(faults)
      },
    },
  ]

  async function respond(req: IncomingMessage, res: ServerResponse): Promise<void> {
    try {
      if (!OUR_HOST.test(req.headers.host ?? ''))
        throw new GatewayRefusal(421, 'This is the sandbox gateway of Tidings.')
      const reply = await answerOf(routes, req, res)
      if (reply) send(res, reply.status, reply.body)
    } catch (error) {
      const { status, body } = refusalOf(error)
      if (status === 503) res.setHeader('retry-after', RETRY_AFTER_SECONDS)
      send(res, status, body)
    }
  }

  function send(res: ServerResponse, status: number, body: object): void {
    const json = JSON.stringify(body)
    // the next request on a connection of a stopping gateway would be lost
    if (!server.listening) res.setHeader('connection', 'close')
    res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) }).end(json)
  }

  const server = createServer({ keepAliveTimeout: IDLE_MS, requestTimeout: REQUEST_WITHIN_MS }, (req, res) => {
    // what is not a refusal is a bug or a full disk: it ends the process, and the runner starts it again
    void respond(req, res)
  })
  server.maxConnections = CONNECTIONS_MAX
  return server
}

function answerOf(routes: Route[], req: IncomingMessage, res: ServerResponse): Promise<Answer> | Answer {
  const [path = '/', query] = (req.url ?? '/').split('?')
  const line = new URLSearchParams(query).get('line') ?? undefined
  for (const route of routes) {
    const match = route.method === req.method && route.path.exec(path)
    if (match) return route.answer({ req, res, number: decoded(match[1] ?? ''), line })
  }
  throw new GatewayRefusal(404, `There is no ${req.method} ${path} here.`)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new GatewayRefusal(400, 'The path cannot be read.')
  }
}

function refusalOf(error: unknown): { status: number; body: object } {
  if (!(error instanceof GatewayRefusal)) throw error
  return { status: error.status, body: { error: error.message } }
}

const ok = (body: object): Answer => ({ status: 200, body })
