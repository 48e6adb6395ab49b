import type { Query } from '@tanstack/react-query'
import { queries } from './queries.ts'

const waiting = new Set<string>()

/** Asks again for what may be asked at most every so often: once, after that time, whatever changes meanwhile. */
export function askLater({ queryKey, queryHash, meta }: Query): void {
  if (waiting.has(queryHash)) return
  waiting.add(queryHash)
  setTimeout(() => {
    waiting.delete(queryHash)
    // an answer on its way is waited for, as the next may be no quicker
    void queries.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: false })
  }, meta?.everyMs)
}
