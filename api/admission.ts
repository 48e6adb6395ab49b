import type { Context, MiddlewareHandler } from 'hono'
import { BODY_MAX_BYTES } from '../db/model/limits.ts'
import type { Env } from './env.ts'
import { RequestRefused } from './refusals.ts'

/** What may be under way at once. Beyond it the answer is "later", before memory and waiting times grow. */
export interface AdmissionLimits {
  requestsMax: number
  /** Of their bodies, in bytes. One that is larger by itself is let in alone. */
  bytesMax: number
}

/** Some seconds of work, at the pace of two cores. */
const LIMITS: AdmissionLimits = { requestsMax: 500, bytesMax: 12_000_000 }
const READS = ['GET', 'HEAD', 'OPTIONS']
/** What shops post. */
const SHOPS = /^\/v1\/inbound\//

/**
 * Lets in as many changes as can be worked on soon. What shops post has room of its own: they stop sending after a few
 * refusals. @throws RequestRefused too_busy; nothing of it was taken in
 */
export function admission(limits: AdmissionLimits = LIMITS): MiddlewareHandler<Env> {
  const shops = room(limits)
  const others = room(limits)
  return (c, next) => {
    if (READS.includes(c.req.method)) return next()
    return SHOPS.test(c.req.path) ? shops(c, next) : others(c, next)
  }
}

function room({ requestsMax, bytesMax }: AdmissionLimits): MiddlewareHandler<Env> {
  let requests = 0
  let bytes = 0
  return async (c, next) => {
    const size = sizeOf(c)
    if (requests > 0 && (requests >= requestsMax || bytes + size > bytesMax)) throw new RequestRefused('too_busy')
    requests++
    bytes += size
    try {
      await next()
    } finally {
      requests--
      bytes -= size
    }
  }
}

/** Of the body, in bytes; one that does not tell may be large. */
function sizeOf(c: Context): number {
  if (c.req.header('transfer-encoding') !== undefined) return BODY_MAX_BYTES
  return Number(c.req.header('content-length') ?? 0) || 0
}
