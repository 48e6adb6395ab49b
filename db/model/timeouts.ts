/** The names along a circle of timeouts, its first name again at the end; null when there is none. Source: P22. */
export function findCycle(edges: readonly { from: string; to: string }[]): string[] | null {
  const next = new Map(edges.map(({ from, to }) => [from, to]))
  for (const start of next.keys()) {
    const path = [start]
    for (let at = next.get(start); at !== undefined && path.length <= next.size; at = next.get(at)) {
      path.push(at)
      if (at === start) return path
    }
  }
  return null
}
