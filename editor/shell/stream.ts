import { useEffect } from 'react'
import { queries } from './queries.ts'

/** Asks again for what a page shows whenever the server says that it changed, and for all of it after a lost connection. */
export function useStream(): void {
  useEffect(() => {
    const stream = new EventSource('/v1/stream')
    let wasLost = false
    stream.addEventListener('change', ({ data }) => {
      const { topics } = JSON.parse(data) as { topics: string[] }
      for (const topic of topics) void queries.invalidateQueries({ queryKey: [topic] })
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
