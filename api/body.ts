import type { Context, MiddlewareHandler } from 'hono'
import { faultIn } from '../db/model/json-fault.ts'
import { BODY_MAX_BYTES } from '../db/model/limits.ts'
import type { Env } from './env.ts'
import { problemsInTexts } from './fields.ts'
import { RequestRefused } from './refusals.ts'

const CSV_TYPE = 'text/csv'
const JSON_TYPE = /^application\/([\w.-]+\+)?json$/

/** The media type of the body in lower case, without its parameters. */
export const mediaTypeOf = (c: Context): string =>
  (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase()

/** The body byte for byte. @throws RequestRefused body_too_large, counted while reading, whatever the headers say */
export async function readBytes(c: Context, maxBytes: number): Promise<Uint8Array> {
  const told = Number(c.req.header('content-length') ?? Number.NaN)
  if (told > maxBytes) throw tooLarge(maxBytes)
  // the server cuts a body at the length it tells, so only one that tells none must be counted
  const reading = Number.isNaN(told) ? count(c.req.raw.body, maxBytes) : c.req.bytes()
  const bytes = await reading.catch((error) => {
    throw error instanceof RequestRefused ? error : new RequestRefused('invalid_json', [], 'The body was cut short.')
  })
  if (bytes.length > maxBytes) throw tooLarge(maxBytes)
  return bytes
}

async function count(stream: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream ?? []) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const tooLarge = (maxBytes: number) =>
  new RequestRefused('body_too_large', [], `The body is larger than ${maxBytes} bytes.`)

/**
 * Reads a JSON body where there is one, for the validators and as `c.var.json`; at `csvPaths` also one of CSV, as text.
 * @throws RequestRefused body_too_large, wrong_content_type, invalid_json, invalid_request
 */
export const jsonBody =
  (maxBytes = BODY_MAX_BYTES, csvPaths: readonly string[] = []): MiddlewareHandler<Env> =>
  async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    const bytes = await readBytes(c, maxBytes)
    if (bytes.length > 0) {
      const isCsv = mediaTypeOf(c) === CSV_TYPE && csvPaths.includes(c.req.path)
      if (!isCsv && !JSON_TYPE.test(mediaTypeOf(c))) throw new RequestRefused('wrong_content_type')
      const { json, parsed } = isCsv ? asJson(decode(bytes)) : parse(bytes)
      const problems = problemsInTexts(parsed)
      if (problems.length > 0) throw new RequestRefused('invalid_request', problems)
      Object.assign(c.req.bodyCache, { text: Promise.resolve(json) })
      c.set('json', parsed)
    }
    return next()
  }

const asJson = (text: string) => ({ json: JSON.stringify(text), parsed: text })

function parse(bytes: Uint8Array): { json: string; parsed: unknown } {
  const json = decode(bytes)
  try {
    return { json, parsed: JSON.parse(json) }
  } catch {
    throw new RequestRefused('invalid_json', [], `The body is not JSON: ${faultIn(json)}.`)
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new RequestRefused('invalid_json', [], 'The body is not UTF-8 text.')
  }
}
