import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { SegmentRule } from '../../db/model/segment-schema.ts'
import type { Named } from '../campaign/step/trigger-words.ts'
import { api, ask } from '../shell/api.ts'

/** The client loses the shape of what holds itself. */
type WithRule<S> = Omit<S, 'rule'> & { rule: SegmentRule }
export const withRule = <S extends { rule: unknown }>(segment: S): WithRule<S> => segment as unknown as WithRule<S>

/** All segments, by name. */
export const segmentsQuery = queryOptions({
  queryKey: ['segments', 'list'],
  queryFn: async () => (await ask(api.segments.$get())).segments.map(withRule),
  meta: { also: ['statuses'] },
})
export type Segment = Awaited<ReturnType<NonNullable<typeof segmentsQuery.queryFn>>>[number]

/** What segments are called, as `Named` things of their own type. */
export const segmentNamesQuery = queryOptions({
  ...segmentsQuery,
  select: (segments): readonly Named[] => segments.map(({ id, name }) => ({ type: 'segment', code: id, name })),
})

export const segmentQuery = (id: string) =>
  queryOptions({
    queryKey: ['segments', 'one', id],
    queryFn: async () => withRule(await ask(api.segments[':id'].$get({ param: { id } }))),
  })

/** Counting reads the whole history of the orders, so it is asked for again at times and not at each change. */
const COUNT_AGAIN_MS = 20_000

/** Who is in by a rule now; a question that nobody waits for any more is given up. */
export const previewQuery = (rule: SegmentRule) =>
  queryOptions({
    queryKey: ['segment-preview', rule],
    queryFn: ({ signal }) => ask(api.segments.preview.$post({ json: { rule } }, { init: { signal } })),
    placeholderData: keepPreviousData,
    refetchInterval: COUNT_AGAIN_MS,
  })

/** Why one customer is in or out by a rule now. */
export const explanationQuery = (rule: SegmentRule, customer: string) =>
  queryOptions({
    queryKey: ['segment-explanation', rule, customer],
    queryFn: ({ signal }) => ask(api.segments.explain.$post({ json: { rule, customer } }, { init: { signal } })),
    placeholderData: keepPreviousData,
  })
export type Explanation = Awaited<ReturnType<NonNullable<ReturnType<typeof explanationQuery>['queryFn']>>>

const FOUND_MAX = '8'

/** Customers by a part of their name or phone. */
export const customersQuery = (q: string) =>
  queryOptions({
    queryKey: ['customers', 'found', q],
    queryFn: async ({ signal }) =>
      (await ask(api.customers.$get({ query: { q, limit: FOUND_MAX } }, { init: { signal } }))).customers,
    placeholderData: keepPreviousData,
  })
