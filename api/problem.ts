import { z } from '@hono/zod-openapi'
import type { Context, ErrorHandler, Hono, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { faultOf } from '../db/fault.ts'
import { type Problem as Field, Refused } from '../db/model/refusal.ts'
import { isOutage } from '../db/outage.ts'
import type { Env } from './env.ts'
import { REQUEST_REFUSALS, RefusedAs, type RequestCode, RequestRefused, STATUSES } from './refusals.ts'

/** Problems named in one answer. */
const ERRORS_MAX = 50

/** What every refused request is answered with. Source: RFC 9457. */
export const Problem = z
  .object({
    type: z.string().openapi({ example: 'urn:tidings:problem:unknown_order' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().openapi({ description: 'What is wrong, for people' }),
    code: z.string().openapi({ description: 'Stable; for programs', example: 'unknown_order' }),
    errors: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
    requestId: z.string().optional().openapi({ description: 'Names the request in our log' }),
  })
  .openapi('Problem')

interface Answer {
  code: string
  status: ContentfulStatusCode
  detail: string
  problems?: readonly Field[]
  headers?: Record<string, string>
}

/** Any error as a problem document: what was refused as a 4xx, an outage as 503, all else as 500 and into the log. */
export const onError: ErrorHandler<Env> = (error, c) => {
  const answer = answerTo(error)
  if (answer.status >= 500) c.var.logger?.error({ requestId: c.var.requestId, ...faultOf(error) }, answer.code)
  return problem(c, answer)
}

function answerTo(error: Error): Answer {
  if (error instanceof Refused) {
    const { code, message: detail, problems } = error
    return { code, status: error instanceof RefusedAs ? error.status : STATUSES[code], detail, problems }
  }
  if (error instanceof RequestRefused) return { ...own(error.code), detail: error.message, problems: error.problems }
  if (error instanceof HTTPException) return own(error.status === 415 ? 'wrong_content_type' : 'invalid_json')
  return own(isOutage(error) ? 'unavailable' : 'internal')
}

const own = (code: RequestCode): Answer => ({ code, ...REQUEST_REFUSALS[code] })

/** Nothing at this address, or nothing for this method. Source: RFC 9110 15.5.6. */
export const notFound =
  (app: Hono<Env>): NotFoundHandler<Env> =>
  (c) => {
    const methods = app.routes
      .filter(({ method, path }) => method !== 'ALL' && patternOf(path).test(c.req.path))
      .map(({ method }) => method)
    if (methods.length === 0) return problem(c, own('not_found'))
    return problem(c, { ...own('method_not_allowed'), headers: { Allow: [...new Set(methods)].join(', ') } })
  }

const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/:[^/]+/g, '[^/]+')}$`)

/** The answer as `application/problem+json`. */
function problem(c: Context<Env>, { code, status, detail, problems = [], headers = {} }: Answer): Response {
  const [first] = problems
  const document = {
    type: `urn:tidings:problem:${code}`,
    title: code.charAt(0).toUpperCase() + code.slice(1).replaceAll('_', ' '),
    status,
    detail: first ? `${detail} ${first.field}: ${first.detail}` : detail,
    code,
    ...(first && { errors: problems.slice(0, ERRORS_MAX) }),
    ...(status >= 500 && { requestId: c.var.requestId }),
  } satisfies z.infer<typeof Problem>
  return c.body(JSON.stringify(document), status, { ...headers, 'Content-Type': 'application/problem+json' })
}
