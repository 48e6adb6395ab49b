import type { Logger } from 'pino'
import type { Answer, Claimed } from '../db/hand-over.ts'

/** Ids of changes that one line of a log names. */
const CHANGES_MAX = 50

/** What a line says of many changes: the ids of the first, by which they are found in every log, and how many there are. */
export const changesIn = (ids: readonly string[]) => ({ changes: ids.slice(0, CHANGES_MAX), count: ids.length })

/** Milliseconds since `startedMs`, of the clock that nobody sets. */
export const msSince = (startedMs: number): number => Math.round((performance.now() - startedMs) * 10) / 10

/** One line for the texts of a group that the gateway took, one for those that it did not; neither holds a number or a word of them. */
export function tellHandOver(
  logger: Logger,
  where: { shard: number; channel: string; ms: number },
  group: readonly Claimed[],
  answers: readonly Answer[],
): void {
  const changes = new Map(group.map(({ id, changeId }) => [id, changeId]))
  const lines = answers.map(({ id, state, reason, afterMs }) => ({
    message: id,
    change: changes.get(id),
    state,
    ...(reason !== undefined && { reason }),
    ...(afterMs !== undefined && { afterMs }),
  }))
  const taken = lines.filter(({ state }) => state === 'sent')
  const others = lines.filter(({ state }) => state !== 'sent')
  if (taken.length > 0) logger.info({ ...where, texts: taken }, 'handed over')
  if (others.length > 0) logger.warn({ ...where, texts: others }, 'not handed over')
}
