/** Items that a chart can show so that they are told apart; the others are shown together. */
export const SHOWN_MAX = 12

/** The largest, in their own order, and the others; a single other one is shown by itself, in as much room. */
export function splitTop<T>(items: readonly T[], sizeOf: (item: T) => number): { shown: T[]; rest: T[] } {
  const sized = items.filter((item) => sizeOf(item) > 0)
  if (sized.length <= SHOWN_MAX + 1) return { shown: sized, rest: [] }
  const large = new Set([...sized].sort((a, b) => sizeOf(b) - sizeOf(a)).slice(0, SHOWN_MAX))
  return { shown: sized.filter((item) => large.has(item)), rest: sized.filter((item) => !large.has(item)) }
}

/** Several rows of numbers added up, number by number. */
export const added = (rows: readonly (readonly number[])[]): number[] =>
  (rows[0] ?? []).map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0))

export const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0)

/** What stands for several items, or for none. */
export const REST_COLOUR = '#adb5bd'

/** How strongly the second, third … item of one colour is mixed with white or black, in percent. */
const SHADES = ['', 'white 45%', 'black 35%', 'white 70%', 'black 60%']

/** A colour for each item: that of its group or kind, in a shade of its own where several share it. */
export function shadesOf<T extends { id: string; meaning: string }>(
  items: readonly T[],
  colourOf: (meaning: string) => string,
): Map<string, string> {
  const used = new Map<string, number>()
  return new Map(
    items.map(({ id, meaning }) => {
      const nth = used.get(meaning) ?? 0
      used.set(meaning, nth + 1)
      const shade = SHADES[nth % SHADES.length]
      return [id, shade ? `color-mix(in srgb, ${colourOf(meaning)}, ${shade})` : colourOf(meaning)]
    }),
  )
}
