import { OpenAPIHono, type z } from '@hono/zod-openapi'
import type { Env } from './env.ts'
import { problemsInTexts, problemsOf } from './fields.ts'
import { Problem } from './problem.ts'
import { RequestRefused } from './refusals.ts'

/** An empty set of routes; what their schemas refuse becomes one kind of problem. */
export const routes = () =>
  new OpenAPIHono<Env>({
    defaultHook: (result) => {
      const problems = result.success ? problemsInTexts(result.data) : problemsOf(result.error.issues)
      if (problems.length > 0) throw new RequestRefused('invalid_request', problems)
    },
  })

/** The JSON of an answer, for `responses`. */
export const json = <S extends z.ZodType>(schema: S, description: string) => ({
  content: { 'application/json': { schema } },
  description,
})

/** The JSON of a request, for `request`. */
export const body = <S extends z.ZodType>(schema: S) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})

const why = { content: { 'application/problem+json': { schema: Problem } }, description: 'Why not' }
/** What every answer but the good ones is, for `responses`. As ranges, so that a client's `ok` tells them apart. */
export const PROBLEMS = { '4XX': why, '5XX': why }
