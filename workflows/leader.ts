import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Store } from '../db/client.ts'

/** Any fixed number: the session that holds it leads. */
const LOCK = 4_000_002
const TRY_EVERY_MS = 1_000
const ANSWER_WITHIN_MS = 5_000

/** What the leader does; the check it is given throws once the lock's session is gone. */
type Lead = (stillLeading: () => Promise<void>) => Promise<void>

/**
 * Runs `lead` whenever this process holds the lock that one process of an installation can hold, until `stopped`.
 * An error ends its turn, not the standing by.
 */
export async function leadInTurn(
  store: Store,
  lead: Lead,
  { stopped, logger }: { stopped: AbortSignal; logger: Logger },
): Promise<void> {
  while (!stopped.aborted) {
    try {
      await leadOnce(store, lead, logger)
    } catch (error) {
      logger.warn({ error }, 'not leading')
    }
    await sleep(TRY_EVERY_MS, undefined, { signal: stopped }).catch(() => {})
  }
}

async function leadOnce(store: Store, lead: Lead, logger: Logger): Promise<void> {
  const session = store.session()
  try {
    const [row] = await inTime(session<{ held: boolean }[]>`select pg_try_advisory_lock(${LOCK}) as held`)
    if (!row?.held) return
    logger.info('leading')
    await lead(async () => void (await inTime(session`select 1`)))
  } finally {
    await session.end({ timeout: 0 })
  }
}

/** A connection that is lost may never answer. */
async function inTime<T>(answer: PromiseLike<T>): Promise<T> {
  const late = new AbortController()
  try {
    return await Promise.race([
      answer,
      sleep(ANSWER_WITHIN_MS, undefined, { signal: late.signal }).then(() => {
        throw new Error('the session does not answer')
      }),
    ])
  } finally {
    late.abort()
  }
}
