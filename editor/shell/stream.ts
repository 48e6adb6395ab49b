import type { Query } from '@tanstack/react-query'
import { useEffect } from 'react'
import { askLater } from './calm.ts'
import { queries } from './queries.ts'

declare module '@tanstack/react-query' {
  interface Register {
    /**
     * `also`: topics that concern what was asked, besides the first part of its key. `everyMs`: it is asked again at
     * most so often, in milliseconds, for what costs the server much.
     */
    queryMeta: { also?: readonly string[]; everyMs?: number }
  }
}

/** Asks again for what a page shows whenever the server says that it changed, and for all of it after a lost connection. */
export function useStream(): void {
  useEffect(() => {
    const stream = new EventSource('/v1/stream')
    let wasLost = false
    stream.addEventListener('change', ({ data }) => {
      const { topics } = JSON.parse(data) as { topics: string[] }
      // what a workspace may do changes every page of it
      const isConcerned = ({ queryKey, meta }: Query) =>
        topics.includes('workspace') || [queryKey[0], ...(meta?.also ?? [])].some((of) => topics.includes(String(of)))
      void queries.invalidateQueries({ predicate: (query) => isConcerned(query) && !query.meta?.everyMs })
      const calm = queries.getQueryCache().findAll({ type: 'active', predicate: isConcerned })
      for (const query of calm.filter(({ meta }) => meta?.everyMs)) askLater(query)
    })
    stream.addEventListener('open', () => {
      if (wasLost) void queries.invalidateQueries()
      wasLost = false
    })
    stream.addEventListener('error', () => {
      wasLost = true
    })
    return () => stream.close()
  }, [])
}
