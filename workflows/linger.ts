/** What decides when a workspace's next batch of changes goes. */
export interface Waiting {
  workspaceId: string
  /** Changes in no batch yet, counted up to the size of a batch. */
  waiting: number
  /** Its batches and cohorts that are under way. */
  underWay: number
}

export interface LingerLimits {
  relayLingerMs: number
  relayBatchMax: number
  relayStartsPerSecond: number
}

/** Batches and cohorts of one workspace under way at once; more wait as changes, in ever fuller batches. */
export const UNDER_WAY_MAX = 40

/** How long batches of a workspace are kept apart, in ms: with many busy workspaces long enough for all of them. */
export function lingerMs(busyWorkspaces: number, limits: LingerLimits): number {
  return Math.max(limits.relayLingerMs, (busyWorkspaces * 1000) / limits.relayStartsPerSecond)
}

/** Each piece under way lets the next wait for half a linger more, up to these many: who falls behind works in fuller batches. */
const SLOWING_MAX = 4

/**
 * In how many ms a workspace's changes may go; null while too much of it is under way.
 * The first change after a pause and a full batch go at once, the others wait for more. Source: design, one way.
 */
export function goesInMs(w: Waiting, sinceLastMs: number, busyWorkspaces: number, limits: LingerLimits): number | null {
  if (w.underWay >= UNDER_WAY_MAX) return null
  if (w.waiting >= limits.relayBatchMax) return 0
  const slowing = 1 + Math.min(w.underWay, SLOWING_MAX) / 2
  return Math.max(0, lingerMs(busyWorkspaces, limits) * slowing - sinceLastMs)
}
