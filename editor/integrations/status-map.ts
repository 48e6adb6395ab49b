import type { StatusMap } from '../../db/model/shops/woocommerce.ts'
import { defaultMeanings } from '../../db/model/shops/woocommerce-statuses.ts'
import type { Axis, Meaning } from '../../db/model/status.ts'

/** WooCommerce's own statuses that orders can be in, in the order of their lives. */
const OWN_WORDS = [
  'pending',
  'processing',
  'on-hold',
  'completed',
  'cancelled',
  'refunded',
  'failed',
  'checkout-draft',
] as const

/** A shop's word as maps have it: `wc-Packed ` and `packed` are one. */
export const wordOf = (typed: string): string => typed.trim().toLowerCase().replace(/^wc-/, '')

/** The map with each word written one way. */
export const tidied = (map: Record<string, { [K in Axis]?: string | undefined }>): StatusMap =>
  Object.fromEntries(Object.entries(map).map(([word, codes]) => [wordOf(word), given(codes)]))

const given = (codes: { [K in Axis]?: string | undefined }): StatusMap[string] =>
  Object.fromEntries(Object.entries(codes).filter(([, code]) => code !== undefined))

/** The words to show: those of every WooCommerce, then the shop's own. */
export const wordsOf = (map: StatusMap, added: readonly string[]): string[] => [
  ...new Set<string>([...OWN_WORDS, ...Object.keys(map), ...added]),
]

/** The map with one meaning set, or taken away by null. A word without any meaning leaves it. */
export function withMeaning(map: StatusMap, word: string, axis: Axis, code: string | null): StatusMap {
  const { [axis]: _, ...others } = map[word] ?? {}
  const codes = code === null ? others : { ...others, [axis]: code }
  const { [word]: __, ...rest } = map
  return Object.keys(codes).length > 0 ? { ...rest, [word]: codes } : rest
}

interface Named {
  type: Axis
  name: string
  group: Meaning | null
  kind: Meaning | null
}

/** The names of the statuses, given by position, that a word leads to while nobody maps it; none where the axis stays as it is. */
export function defaultNames(statuses: readonly Named[], word: string, axis: Axis): string[] {
  const first = (meaning: Meaning) => statuses.find((s) => s.type === axis && (s.group ?? s.kind) === meaning)?.name
  return defaultMeanings(word)
    [axis].map(first)
    .filter((name) => name !== undefined)
}
