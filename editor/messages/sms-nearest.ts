/** How many letters must be added, dropped, changed, or swapped with their neighbour to make `b` of `a`. Source: optimal string alignment. */
export function editsBetween(a: string, b: string): number {
  let [older, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, change, isSwap ? older[j - 2]! + 1 : change))
    }
    ;[older, last] = [last, row]
  }
  return last[b.length]!
}

/** Letters that are compared at most; longer words are nobody's slip of the finger. */
const COMPARED_MAX = 60

/** The word that was probably meant; null if none is near: at most every third letter may differ. */
export function nearest(typed: string, words: readonly string[]): string | null {
  const word = typed.trim().toLowerCase().slice(0, COMPARED_MAX)
  const [best] = words
    .map((known) => ({ known, edits: editsBetween(word, known) }))
    .sort((one, other) => one.edits - other.edits)
  return best && best.edits * 3 <= best.known.length ? best.known : null
}
