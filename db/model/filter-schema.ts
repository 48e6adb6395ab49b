import { z } from 'zod'
import { FIELDS, OPERATORS } from './filter.ts'
import { CONDITIONS_MAX } from './limits.ts'
import { names } from './lists.ts'

/** How something is compared, and with what. */
export const COMPARISON = {
  operator: z.enum(names(OPERATORS)),
  value: z.union([z.string().max(500), z.number(), z.array(z.string().max(500)).max(500)]).optional(),
}

/** One comparison; what is still missing of it is told by `problemsInFilter`. */
export const Condition = z.strictObject({ field: z.enum(names(FIELDS)), ...COMPARISON })
export type Condition = z.infer<typeof Condition>

/** Conditions joined by and / or, nested at will; the shape react-querybuilder edits. No rules: everybody passes. */
export interface Group<C> {
  combinator: 'and' | 'or'
  not?: boolean | undefined
  rules: (C | Group<C>)[]
}
export type Filter = Group<Condition>
export const Filter: z.ZodType<Filter> = z
  .strictObject({
    combinator: z.enum(['and', 'or']),
    not: z.boolean().optional(),
    get rules() {
      return z.array(z.union([Condition, Filter])).max(CONDITIONS_MAX)
    },
  })
  .meta({ id: 'Filter', description: 'Conditions joined by and / or, nested at will' })
