import type { Logger } from 'pino'
import type { Store } from '../db/client.ts'
import { groupBy } from '../db/model/lists.ts'
import {
  type Control,
  listControls,
  listOpenChanges,
  listUnstarted,
  markCarried,
  markStarted,
  type Ref,
  type Taken,
  takeBatch,
} from '../db/outbox.ts'
import { noteWake } from '../db/places.ts'
import type { Engine } from './engine.ts'
import { goesInMs, type LingerLimits } from './linger.ts'
import { changesIn, msSince } from './log-lines.ts'

const CONTROLS_MAX = 500
const UNSTARTED_MAX = 500
const POLL_MS = 1_000

interface Parts {
  store: Store
  engine: Engine
  limits: LingerLimits
  logger: Logger
}

/** What each topic of the outbox has the engine do with one subject's words, the oldest first; changes go in batches instead. */
const TOPICS: { [T in Control['topic']]: (parts: Parts, controls: Control[]) => Promise<unknown> } = {
  'place.wake': wakePlace,
  'cohort.go': ({ engine }, [first]) => engine.startCohort({ workspaceId: first!.workspaceId, id: first!.subjectId }),
}

/** Many newcomers ask for one look: the earliest they want, under the id of the last who asked. */
async function wakePlace({ store, engine }: Parts, controls: Control[]): Promise<void> {
  const { workspaceId, subjectId, id } = controls.at(-1)!
  const atMs = Math.min(...controls.map((c) => c.payload.atMs ?? 0))
  await store.inWorkspace(workspaceId, (tx) => noteWake(tx, subjectId, atMs))
  await engine.wakePlace({ workspaceId, id: subjectId }, atMs, `outbox-${id}-${atMs}`)
}

/** Carries the outbox to the engine, as long as it leads. Each round is safe to repeat, whole or in part. */
export class Relay {
  readonly #parts: Parts
  /** When each workspace's last batch went, by a clock that nobody sets. */
  readonly #lastMs = new Map<string, number>()
  #unstartedSinceMs = Number.NEGATIVE_INFINITY

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Does what can be done now; answers in how many ms there is more, if nobody tells earlier. */
  async round(): Promise<number> {
    const [, , inMs] = await Promise.all([this.#carryControls(), this.#startLeftOvers(), this.#carryChanges()])
    return Math.min(inMs, POLL_MS)
  }

  async #carryControls(): Promise<void> {
    const { store } = this.#parts
    const controls = await listControls(store, CONTROLS_MAX)
    if (controls.length === 0) return
    const groups = [...groupBy(controls, (c) => `${c.topic} ${c.subjectId}`).values()]
    const carried = await Promise.allSettled(groups.map((group) => TOPICS[group[0]!.topic](this.#parts, group)))
    // one that fails is tried again; the others are not held up by it
    const done = groups.filter((_, i) => carried[i]!.status === 'fulfilled').flat()
    if (done.length > 0)
      await markCarried(
        store,
        done.map((c) => c.id),
        Date.now(),
      )
    const failed = carried.find((c) => c.status === 'rejected')
    if (failed) throw failed.reason
  }

  /** Batches that were made but not started: by a relay that died, by one that could not reach the engine, by a cut. */
  async #startLeftOvers(): Promise<void> {
    if (performance.now() - this.#unstartedSinceMs < POLL_MS) return
    this.#unstartedSinceMs = performance.now()
    await this.#start(await listUnstarted(this.#parts.store, UNSTARTED_MAX))
  }

  async #carryChanges(): Promise<number> {
    const { store, limits } = this.#parts
    const clockMs = performance.now()
    const open = await listOpenChanges(store, limits.relayBatchMax)
    const plans = open.map((w) => {
      const sinceLastMs = clockMs - (this.#lastMs.get(w.workspaceId) ?? Number.NEGATIVE_INFINITY)
      return { ...w, inMs: goesInMs(w, sinceLastMs, open.length, limits) }
    })
    const ripe = plans.filter((p) => p.inMs === 0)
    const batches = await Promise.all(
      ripe.map((p) => takeBatch(store, p.workspaceId, limits.relayBatchMax, Date.now())),
    )
    for (const { workspaceId } of ripe) this.#lastMs.set(workspaceId, clockMs)
    const taken = batches.filter((b) => b !== null)
    this.#tellIdle(taken.filter((b) => b.isIdle))
    await this.#start(taken.filter((b) => !b.isIdle))
    // whoever is full goes on at once; who is held back by work under way is looked at again soon
    const rest = plans.map((p) =>
      p.inMs === 0 && p.waiting >= limits.relayBatchMax ? 0 : p.inMs || limits.relayLingerMs,
    )
    return Math.min(POLL_MS, ...rest)
  }

  /** A change whose trail ends here can be found in the log as well. */
  #tellIdle(batches: readonly Taken[]): void {
    for (const { id, workspaceId, changeIds } of batches)
      this.#parts.logger.info({ batch: id, workspace: workspaceId, ...changesIn(changeIds) }, 'batch starts nothing')
  }

  /** Of batches that were taken before, the changes are not at hand; whoever works on one tells them again. */
  async #start(batches: readonly (Ref | Taken)[]): Promise<void> {
    if (batches.length === 0) return
    const { store, engine, logger } = this.#parts
    const startedMs = performance.now()
    await Promise.all(batches.map((batch) => engine.startBatch(batch)))
    for (const { id, workspaceId, ...batch } of batches) {
      const changes = 'changeIds' in batch ? changesIn(batch.changeIds) : {}
      logger.info(
        { batch: id, workspace: workspaceId, ...changes, ms: msSince(startedMs) },
        'batch given to the engine',
      )
    }
    await markStarted(
      store,
      batches.map((b) => b.id),
      Date.now(),
    )
  }
}
