import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Store } from '../../db/client.ts'
import { faultOf } from '../../db/fault.ts'
import { listOpenInbound, processInbound } from '../../db/inbound-events.ts'
import { Refused } from '../../db/model/refusal.ts'

const POLL_EVERY_MS = 5_000
const BACK_OFF_MIN_MS = 250
const BACK_OFF_MAX_MS = 30_000

/** Processes what shops posted, in the background. */
export interface Drain {
  /** Takes nothing more and waits for what is under way. */
  close(): Promise<void>
}

/**
 * Processes stored bodies at once, whenever one is committed, and on a slow poll. Integrations take turns, a batch each,
 * so that a shop with thousands does not hold up the others; one that fails is left alone for a while.
 */
export function startDrain(store: Store, logger: Logger | undefined, { pollEveryMs = POLL_EVERY_MS } = {}): Drain {
  const stop = new AbortController()
  const failures = new Map<string, { times: number; untilMs: number }>()
  const kept = new Set<string>()
  let wake = new AbortController()
  const wakeUp = (): void => wake.abort()

  /** One turn of every integration; how many bodies were done. */
  async function round(): Promise<number> {
    let done = 0
    for (const open of await listOpenInbound(store)) {
      if (stop.signal.aborted) return 0
      if ((failures.get(open.integrationId)?.untilMs ?? 0) <= Date.now()) done += await turn(open)
    }
    return done
  }

  async function turn(open: { integrationId: string; workspaceId: string }): Promise<number> {
    try {
      const done = await processInbound(store, open, Date.now())
      failures.delete(open.integrationId)
      kept.delete(open.integrationId)
      return done
    } catch (error) {
      if (error instanceof Refused && error.code === 'orders_disabled') return keep(open)
      const times = (failures.get(open.integrationId)?.times ?? 0) + 1
      const waitMs = Math.min(BACK_OFF_MAX_MS, BACK_OFF_MIN_MS * 2 ** times)
      failures.set(open.integrationId, { times, untilMs: Date.now() + waitMs })
      logger?.error(
        { ...faultOf(error), ...open, retryInMs: waitMs },
        'the bodies of an integration could not be processed',
      )
      return 0
    }
  }

  /** Orders are off: the bodies wait for an operator, which is said once. */
  function keep(open: { integrationId: string }): number {
    if (!kept.has(open.integrationId)) logger?.warn(open, 'Orders are off: the bodies of an integration are kept')
    kept.add(open.integrationId)
    return 0
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      // a body that comes while we look wakes us again
      wake = new AbortController()
      const done = await round().catch((error) => {
        logger?.error(faultOf(error), 'stored bodies could not be listed')
        return 0
      })
      if (done === 0) await pause(nextLookInMs(), null, { signal: wake.signal }).catch(() => {})
    }
  }

  function nextLookInMs(): number {
    const retries = [...failures.values()].map(({ untilMs }) => untilMs - Date.now())
    return Math.max(BACK_OFF_MIN_MS, Math.min(pollEveryMs, ...retries))
  }

  const listening = listen()
  async function listen(): Promise<() => Promise<void>> {
    for (;;) {
      try {
        return await store.listen('tidings_inbound', wakeUp)
      } catch (error) {
        if (stop.signal.aborted) return async () => {}
        logger?.warn(faultOf(error), 'cannot listen for stored bodies; the poll goes on')
        await pause(pollEveryMs, null, { signal: stop.signal }).catch(() => {})
      }
    }
  }
  const running = run()

  return {
    async close() {
      stop.abort()
      wakeUp()
      await running
      await listening.then((unlisten) => unlisten()).catch(() => {})
    },
  }
}
