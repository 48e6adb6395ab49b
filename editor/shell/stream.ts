import { useEffect } from 'react'
import { queries } from './queries.ts'

declare module '@tanstack/react-query' {
  interface Register {
    /** `also`: topics that concern what was asked, besides the first part of its key. */
    queryMeta: { also?: readonly string[] }
  }
}

/** Asks again for what a page shows whenever the server says that it changed, and for all of it after a lost connection. */
export function useStream(): void {
  useEffect(() => {
    const stream = new EventSource('/v1/stream')
    let wasLost = false
    stream.addEventListener('change', ({ data }) => {
      const { topics } = JSON.parse(data) as { topics: string[] }
      void queries.invalidateQueries({
        predicate: ({ queryKey, meta }) =>
          // what a workspace may do changes every page of it
          topics.includes('workspace') ||
          [queryKey[0], ...(meta?.also ?? [])].some((of) => topics.includes(String(of))),
      })
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
