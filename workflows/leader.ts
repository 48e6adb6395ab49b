import type { Logger } from 'pino'
import type { Store } from '../db/client.ts'

/** Any fixed number: the session that holds it leads. */
const LOCK = 4_000_002
const TRY_EVERY_MS = 1_000

/**
 * Runs `lead` whenever this process holds the lock that one process of an installation can hold, until `stopped`.
 * `lead` gets a check that throws once the lock's session is gone; an error of its own ends its turn, not the standing by.
 */
export async function leadInTurn(
  store: Store,
  lead: (stillLeading: () => Promise<void>) => Promise<void>,
  { stopped, logger }: { stopped: AbortSignal; logger: Logger },
): Promise<void> {
  while (!stopped.aborted) {
    try {
      const session = await store.reserve()
      try {
        const [row] = await session<{ held: boolean }[]>`select pg_try_advisory_lock(${LOCK}) as held`
        if (row?.held) {
          logger.info('leading')
          try {
            await lead(async () => void (await session`select 1`))
          } finally {
            await session`select pg_advisory_unlock(${LOCK})`
          }
        }
      } finally {
        session.release()
      }
    } catch (error) {
      logger.warn({ error }, 'not leading')
    }
    if (!stopped.aborted) await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS))
  }
}
