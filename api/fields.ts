import { z } from '@hono/zod-openapi'
import { PAGE_MAX, TIME_MIN_MS } from '../db/model/limits.ts'
import { toDecimal } from '../db/model/money.ts'
import { isStorable } from '../db/model/name.ts'
import { parsePeriod } from '../db/model/period.ts'
import type { Problem } from '../db/model/refusal.ts'
import { RequestRefused } from './refusals.ts'

const PAGE_DEFAULT = 50
const DETAIL_MAX = 500
/** How deep the lists and objects of a body may be nested. */
const DEPTH_MAX = 64
/** Numbers, texts, lists and objects of a body, all counted. */
const VALUES_MAX = 100_000

/** A text that must be given, at most `max` UTF-16 units long without outer spaces. */
export const text = (max: number) => z.string().trim().min(1).max(max)

/** A text that may be missing, null or empty: all mean that it is not told. */
export const told = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .nullish()
    .transform((value) => value || undefined)

/** A code of so many letters, in capitals; missing, null or empty when it is not told. */
export const letters = (count: number) =>
  z
    .string()
    .trim()
    .regex(new RegExp(`^([A-Za-z]{${count}})?$`), `${count} letters are expected`)
    .nullish()
    .transform((value) => value?.toUpperCase() || undefined)

/** A name that some systems send as a number. */
export const name = (max: number) => z.union([z.int().transform(String), text(max)])

/** A yes or no of an address; `usual` where it is not told. */
export const flag = (usual: boolean) =>
  z
    .enum(['true', 'false'])
    .default(usual ? 'true' : 'false')
    .transform((word) => word === 'true')

/** A length of time in one unit. Source: ISO 8601 durations. */
export const Period = z.string().transform((iso, context) => {
  const period = parsePeriod(iso)
  if (period) return period
  context.addIssue({
    code: 'custom',
    message: 'an ISO 8601 duration of one unit such as PT30M, P14D or P1M is expected',
  })
  return z.NEVER
})

const INSTANT = 'a time such as 2026-05-31T12:00:00Z is expected'
/** An instant as epoch ms. Source: RFC 3339. */
export const instant = z.iso
  .datetime({ offset: true, error: INSTANT, abort: true })
  .refine((iso) => Date.parse(iso) >= TIME_MIN_MS, INSTANT)
  .transform((iso) => Date.parse(iso))

/** An amount as decimal text that is not negative; takes a number too. */
export const amount = z.union([z.number(), z.string()]).transform((raw, context) => {
  const decimal = toDecimal(raw)
  if (decimal !== null && !decimal.startsWith('-')) return decimal
  context.addIssue({ code: 'custom', message: 'an amount such as 1499.50 is expected' })
  return z.NEVER
})

/** A number in E.164; in an address its + may have become a space, or be missing. */
export const phone = z
  .string()
  .trim()
  .regex(/^\+?\d{4,15}$/, 'a number such as +380501234567 is expected')
  .transform((number) => (number.startsWith('+') ? number : `+${number}`))
  .openapi({ example: '+380501234567' })

/** Which page of a list. */
export const page = {
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT),
  offset: z.coerce.number().int().min(0).max(1_000_000_000).default(0),
}

type Issues = readonly z.core.$ZodIssue[]

/** What zod found, as fields by path: `3/data/order/number`. Of a union the nearest form counts. */
export function problemsOf(issues: Issues, at: readonly PropertyKey[] = []): Problem[] {
  return issues.flatMap((issue) => {
    const path = [...at, ...issue.path]
    if (issue.code === 'invalid_union' && issue.errors.length > 0) return problemsOf(nearest(issue.errors), path)
    return [{ field: path.join('/') || 'body', detail: detailOf(issue) }]
  })
}

const detailOf = ({ message }: z.core.$ZodIssue): string => message.replace(/^Invalid input: /, '').slice(0, DETAIL_MAX)

/** Of the forms that a value does not fit, the one it comes closest to: of the right type at least, then fewest faults. */
function nearest(forms: readonly Issues[]): Issues {
  const isInside = (form: Issues) => (form.some((issue) => issue.path.length > 0) ? 0 : 1)
  return [...forms].sort((a, b) => isInside(a) - isInside(b) || a.length - b.length)[0]!
}

const FIELD_MAX = 200

/**
 * The texts and keys of a parsed value that no database can hold, by path.
 * @throws RequestRefused for one with more than VALUES_MAX values or DEPTH_MAX levels, before anything else walks into it
 */
export function problemsInTexts(root: unknown): Problem[] {
  const problems: Problem[] = []
  const path: string[] = []
  let values = 0
  const check = (text: string): void => {
    if (isStorable(text)) return
    const field = path.join('/').replace(/[\0\p{Surrogate}]/gu, '\ufffd') || 'body'
    problems.push({ field: field.slice(0, FIELD_MAX), detail: 'NUL and halves of surrogate pairs cannot be stored' })
  }
  const walk = (value: unknown): void => {
    if (++values > VALUES_MAX)
      throw new RequestRefused('body_too_large', [], `The body holds more than ${VALUES_MAX} values.`)
    if (typeof value === 'string') check(value)
    if (typeof value !== 'object' || value === null) return
    if (path.length === DEPTH_MAX)
      throw new RequestRefused('invalid_json', [], `The body is nested deeper than ${DEPTH_MAX} levels.`)
    for (const key in value) {
      path.push(key)
      check(key)
      walk(value[key as keyof typeof value])
      path.pop()
    }
  }
  walk(root)
  return problems
}
