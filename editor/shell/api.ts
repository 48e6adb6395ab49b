import { type ClientResponse, hc } from 'hono/client'
import type { App } from '../../api/app.ts'

/** How long an answer may take, in milliseconds; then the connection counts as lost. */
const ANSWER_WITHIN_MS = 20_000

/** Every call of the API, typed by its routes. */
export const api = hc<App>('/', {
  fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, { ...init, signal: untilLate(init?.signal) }),
}).v1

/** Ends with the wait for an answer, or when nobody wants it any more. */
const untilLate = (unwanted: AbortSignal | null | undefined): AbortSignal =>
  AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), ...(unwanted ? [unwanted] : [])])

/** An answer that says no, as the API words it. Source: RFC 9457. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly errors: readonly { field: string; detail: string }[]
  constructor(status: number, { code, detail, errors = [] }: Document) {
    super(detail)
    this.name = 'Problem'
    this.code = code
    this.status = status
    this.errors = errors
  }
}
interface Document {
  code: string
  detail: string
  errors?: { field: string; detail: string }[]
}

type Good<R> =
  R extends ClientResponse<infer Body, infer Status, string>
    ? Status extends 200 | 201 | 202 | 204
      ? Body
      : never
    : never

/** The body of a good answer. @throws Problem for any other; a lost connection too, with the code `offline`. */
export async function ask<R extends ClientResponse<unknown, number, string>>(request: Promise<R>): Promise<Good<R>> {
  const response = await request.catch(lost)
  if (response.status === 204) return undefined as Good<R>
  if (response.ok) return (await response.json().catch(lost)) as Good<R>
  throw new Problem(response.status, await documentOf(response))
}

async function documentOf(response: ClientResponse<unknown, number, string>): Promise<Document> {
  const isProblem = /json/.test(response.headers.get('content-type') ?? '')
  return isProblem
    ? ((await response.json().catch(lost)) as Document)
    : { code: 'internal', detail: response.statusText }
}

/** No answer, or only a part of one. */
function lost(error: unknown): never {
  throw new Problem(0, { code: 'offline', detail: error instanceof Error ? error.message : String(error) })
}
