import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import type { Text } from '../../../workflows/channels/channel.ts'

const ROOT = join(import.meta.dirname, '../../..')
const GATEWAY = ['--import', 'tsx', 'workflows/channels/gateway.ts']
const HOLDS_WITHIN_MS = 20_000

/** A home of its own, gone after the test. */
export function makeHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'tidings-gateway-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  return home
}

/** A gateway as a process of its own, listening; killed after the test. */
export async function startGateway(home: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, GATEWAY, {
    cwd: ROOT,
    env: { ...process.env, TIDINGS_HOME: home, RECEIPT_AFTER_MS: '50', ...env },
    stdio: 'inherit',
  })
  onTestFinished(() => end(child, 'SIGKILL').then(() => {}))
  const url = () => readFileSync(join(home, 'sandbox-gateway.url'), 'utf8')
  // an address of an earlier run may stand there, so the answer must be this one's
  await until(async () => (await fetch(`${url()}/phones`)).ok)
  return { url: url(), end: (signal: NodeJS.Signals) => end(child, signal) }
}

/** A gateway that is expected to end by itself: its exit code and what it said. */
export function gatewayThatEnds(home: string) {
  const env = { ...process.env, TIDINGS_HOME: home }
  return spawnSync(process.execPath, GATEWAY, { cwd: ROOT, env, encoding: 'utf8', timeout: HOLDS_WITHIN_MS })
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal)
    await once(child, 'exit')
  }
  return child.exitCode
}

/** A receiver of receipts and replies; `answer` is its status, and it may be closed and opened on the same port. */
export async function startReceiver() {
  const bodies: { path: string; body: Record<string, unknown> }[] = []
  const receiver = { answer: 204, url: '', receipts, replies, posts: 0, largest: 0, close, open }
  let server: Server
  let port = 0

  async function open(): Promise<void> {
    server = createServer(async (req, res) => {
      let json = ''
      for await (const chunk of req) json += chunk
      receiver.posts++
      receiver.largest = Math.max(receiver.largest, JSON.parse(json).receipts?.length ?? 1)
      if (receiver.answer < 300) bodies.push({ path: req.url!, body: JSON.parse(json) })
      res.writeHead(receiver.answer).end()
    })
    await once(server.listen(port, '127.0.0.1'), 'listening')
    port = (server.address() as AddressInfo).port
    receiver.url = `http://127.0.0.1:${port}`
  }
  async function close(): Promise<void> {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  function receipts(): Record<string, unknown>[] {
    return bodies.flatMap(({ path, body }) =>
      path === '/receipts' ? (body.receipts as Record<string, unknown>[]) : [],
    )
  }
  function replies(): Record<string, unknown>[] {
    return bodies.flatMap(({ path, body }) => (path === '/replies' ? [body] : []))
  }
  await open()
  onTestFinished(close)
  return receiver
}

/** A text to a phone that is on, with any of its parts changed. */
export function aText(receiver: { url: string }, part: Partial<Text> = {}): Text {
  const urls = { receiptUrl: `${receiver.url}/receipts`, replyUrl: `${receiver.url}/replies` }
  return { id: crypto.randomUUID(), to: '+380501234567', text: 'Ваше замовлення в дорозі', ...urls, ...part }
}

/** POST or PUT of JSON. */
export function send(url: string, body: unknown, method = 'POST'): Promise<Response> {
  return fetch(url, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}

/** The records of a log, all of whose lines must be whole. */
export function linesOf(home: string, file = 'sandbox-gateway.log'): Record<string, unknown>[] {
  const text = readFileSync(join(home, file), 'utf8')
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}

/** How often each id stands in the log of hand-overs. */
export function handOvers(home: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { id } of linesOf(home)) counts.set(id as string, (counts.get(id as string) ?? 0) + 1)
  return counts
}

/** Waits until the condition holds; what it throws counts as no. */
export async function until(condition: () => unknown): Promise<void> {
  let problem: unknown
  for (const endsAt = Date.now() + HOLDS_WITHIN_MS; Date.now() < endsAt; await pause(20)) {
    try {
      if (await condition()) return
    } catch (error) {
      problem = error
    }
  }
  throw new Error('the condition did not hold in time', { cause: problem })
}
