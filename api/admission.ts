import type { MiddlewareHandler } from 'hono'
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

/** Lets in as many changes as can be worked on soon. @throws RequestRefused too_busy; nothing of it was taken in */
export function admission({ requestsMax, bytesMax }: AdmissionLimits = LIMITS): MiddlewareHandler<Env> {
  let requests = 0
  let bytes = 0
  return async (c, next) => {
    if (READS.includes(c.req.method)) return next()
    const size = Number(c.req.header('content-length') ?? 0) || 0
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
