import type { Logger } from 'pino'
import { afterAll } from 'vitest'
import { type AppOptions, createApp } from '../../api/app.ts'
import { formatApiKey, newApiKey } from '../../db/api-keys.ts'
import { openStore, type Store } from '../../db/client.ts'
import type { Preset } from '../../db/model/preset.ts'
import { createWorkspace } from '../../db/new-workspace.ts'
import { freshDatabase } from '../stack/postgres.ts'

export interface Answer {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every form
  body: any
}
/** Sends a request with a key; a body that is no text goes as JSON. */
export type Call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>

/** What the app wrote to its log. */
export class Log {
  readonly lines: Record<string, unknown>[] = []
  readonly write = (line: Record<string, unknown>, message?: string) => this.lines.push({ ...line, message })
  readonly logger = { info: this.write, warn: this.write, error: this.write } as unknown as Logger
}

/** An app over a database of its own, closed after the file. */
export async function openApi(options: Partial<AppOptions> = {}) {
  const store = openStore(await freshDatabase())
  afterAll(() => store.close())
  const log = new Log()
  const app = createApp({ store, logger: log.logger, ...options })
  const { workspaceId, key, call } = await addWorkspace(store, app)
  return { store, app, log, workspaceId, key, call }
}

/** A further workspace, and how to call the app with its key. Its Orders are on where somebody switched them on. */
export async function addWorkspace(
  store: Store,
  app: ReturnType<typeof createApp>,
  by: string | null = 'test',
  preset: Preset = 'call-centre',
) {
  const apiKey = newApiKey()
  const wanted = { name: 'Shop', preset, region: 'UA', currency: 'UAH', ordersEnabledBy: by }
  const workspaceId = await createWorkspace(store, wanted, apiKey, Date.now())
  const key = formatApiKey(apiKey)
  const call: Call = (method, path, body, headers = {}) =>
    ask(app, method, path, body, { authorization: `Bearer ${key}`, ...headers })
  return { workspaceId, key, call }
}

/** Sends a request without a key. */
export async function ask(
  app: { request: ReturnType<typeof createApp>['request'] },
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const raw = rawOf(body)
  const init: RequestInit = {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: raw ?? JSON.stringify(body), duplex: 'half' as const }),
  }
  const response = await app.request(path, init)
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
}

function rawOf(body: unknown): string | Uint8Array<ArrayBuffer> | ReadableStream | undefined {
  if (body instanceof Uint8Array) return new Uint8Array(body)
  return typeof body === 'string' || body instanceof ReadableStream ? body : undefined
}

let made = 0
/** A text that no other row of the database has. */
export const unique = (prefix: string): string => `${prefix}-${++made}`

/** An event of a new order, with any of its parts changed. */
export function anEvent(data: Record<string, unknown> = {}, attributes: Record<string, unknown> = {}) {
  return {
    specversion: '1.0',
    id: unique('event'),
    source: 'https://shop.example',
    type: 'order.status_changed',
    data: { order: { number: unique('order') }, type: 'general', status: 'accepted', ...data },
    ...attributes,
  }
}
