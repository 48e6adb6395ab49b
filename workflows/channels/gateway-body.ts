import type { IncomingMessage } from 'node:http'
import type { Text } from './channel.ts'

const BODY_BYTES_MAX = 64 * 1024
/** Of a group of texts. */
export const GROUP_BYTES_MAX = 1024 * 1024
const ID = /^[\w.:-]{1,64}$/
const E164 = /^\+[1-9]\d{6,14}$/
const TEXT_CHARS_MAX = 1_600
const URL_CHARS_MAX = 1_000
const LATENCY_MAX_MS = 60_000

/** An expected "no" of the gateway: its HTTP status and a sentence for people. */
export class GatewayRefusal extends Error {
  readonly status: number
  constructor(status: number, sentence: string) {
    super(sentence)
    this.name = 'GatewayRefusal'
    this.status = status
  }
}

/** How the gateway misbehaves, for trials. */
export interface Faults {
  /** Milliseconds before a text is looked at. */
  latencyMs: number
  /** Share of the texts answered with 503, 0 to 1. */
  refuse: number
  /** Share of the texts that are accepted and then get no answer but a closed connection, 0 to 1. */
  hangAfterAccept: number
}

/** The JSON object of a request; refuses what is larger than `bytesMax`, not declared as JSON or not an object. */
export async function readJson(req: IncomingMessage, bytesMax = BODY_BYTES_MAX): Promise<Record<string, unknown>> {
  // a page of another site cannot send this type without asking first, and we never allow it
  if (!/^application\/json\b/i.test(req.headers['content-type'] ?? '')) throw malformed('Send JSON: application/json.')
  const bytes = await readAll(req, bytesMax)
  let body: unknown
  try {
    body = JSON.parse(bytes.toString('utf8'))
  } catch {
    throw malformed('The body is not JSON.')
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw malformed('The body is not an object.')
  return body as Record<string, unknown>
}

async function readAll(req: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of req) {
      bytes += chunk.length
      // what is too much is read all the same: who is still sending would not hear our answer
      if (bytes <= bytesMax) chunks.push(chunk)
    }
  } catch {
    throw malformed('The body was cut short.')
  }
  if (bytes > bytesMax) throw new GatewayRefusal(413, `The body is larger than ${bytesMax} bytes.`)
  return Buffer.concat(chunks)
}

/** A text to hand over; fields that are not of a text are left out. */
export function parseText({ id, to, text, receiptUrl, replyUrl }: Record<string, unknown>): Text {
  if (typeof id !== 'string' || !ID.test(id)) throw malformed('`id` must be 1 to 64 letters, digits or _ . : -')
  if (typeof to !== 'string' || !E164.test(to))
    throw malformed('`to` must be a number in E.164, such as +380501234567.')
  return {
    id,
    to,
    text: parseWords(text),
    receiptUrl: url(receiptUrl, 'receiptUrl'),
    replyUrl: url(replyUrl, 'replyUrl'),
  }
}

/** The texts of a group, each still to be parsed. */
export function parseGroup({ texts }: Record<string, unknown>): Record<string, unknown>[] {
  const isObject = (text: unknown): text is Record<string, unknown> => typeof text === 'object' && text !== null
  if (!Array.isArray(texts) || !texts.every(isObject)) throw malformed('`texts` must be a list of texts.')
  return texts
}

/** The words of a text or a reply. */
export function parseWords(text: unknown): string {
  if (typeof text !== 'string' || text === '') throw malformed('`text` must be a text that is not empty.')
  if (text.length > TEXT_CHARS_MAX) throw malformed(`\`text\` must have at most ${TEXT_CHARS_MAX} characters.`)
  return text
}

/** The line a reply goes to; undefined for the one of the phone's last text. */
export function parseLine(line: unknown): string | undefined {
  if (line === undefined || typeof line === 'string') return line
  throw malformed('`line` must be a text.')
}

/** Faults as asked for; what is not named is off. */
export function parseFaults({ latencyMs = 0, refuse = 0, hangAfterAccept = 0 }: Record<string, unknown>): Faults {
  return {
    latencyMs: number(latencyMs, 'latencyMs', LATENCY_MAX_MS),
    refuse: number(refuse, 'refuse', 1),
    hangAfterAccept: number(hangAfterAccept, 'hangAfterAccept', 1),
  }
}

const malformed = (sentence: string): GatewayRefusal => new GatewayRefusal(400, sentence)

function url(value: unknown, field: string): string {
  const known = typeof value === 'string' && value.length <= URL_CHARS_MAX && /^https?:/.test(value)
  if (!known || !URL.canParse(value)) throw malformed(`\`${field}\` must be an http or https URL.`)
  return value
}

function number(value: unknown, field: string, max: number): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= max)) throw malformed(`\`${field}\` must be 0 to ${max}.`)
  return value
}
