import { ApplicationFailure } from '@temporalio/activity'
import type { Logger } from 'pino'
import { consequencesOf, halveBatch } from '../db/batches.ts'
import { type Store, sqlState } from '../db/client.ts'
import { type FailedStep, halveCohort } from '../db/cohorts.ts'
import { loadPlan, takeStep } from '../db/enrolments.ts'
import { isOutage } from '../db/outage.ts'
import { releaseDue } from '../db/releases.ts'
import type { Batch, Cohort, PlaceToWatch, Shard } from './contracts.ts'
import { changesIn, msSince } from './log-lines.ts'
import type { Sender } from './sender.ts'

type At = { nowMs: number }

/**
 * The store's verbs for workflows, and the senders. Time comes from the workflow, never from the database.
 * The log gets a line for a whole group; what only the log is told stays out of histories.
 */
export const createActivities = (store: Store, sender: Sender, logger: Logger) =>
  careful(logger, {
    async consequencesOf({ workspaceId, batchId, nowMs }: Batch & At) {
      const startedMs = performance.now()
      const { cohortIds, changeIds } = await store.inWorkspace(workspaceId, (tx) => consequencesOf(tx, batchId, nowMs))
      const line = { batch: batchId, ...changesIn(changeIds), cohorts: cohortIds, ms: msSince(startedMs) }
      logger.info(line, 'consequences of a batch')
      return { cohortIds }
    },

    halveBatch: ({ workspaceId, batchId, nowMs, ...failure }: Batch & At & { id: string; error: string }) =>
      store.inWorkspace(workspaceId, (tx) => halveBatch(tx, batchId, failure, nowMs)),

    loadPlan: ({ workspaceId, cohortId, nowMs }: Cohort & At) =>
      store.inWorkspace(workspaceId, (tx) => loadPlan(tx, cohortId, nowMs)),

    async takeStep({ workspaceId, cohortId, nodeId, nowMs }: Cohort & At & { nodeId: string }) {
      const startedMs = performance.now()
      const { occupied, done } = await store.inWorkspace(workspaceId, (tx) => takeStep(tx, cohortId, nodeId, nowMs))
      const { members, changeIds } = done
      const texts = changeIds.length > 0 ? changesIn(changeIds) : {}
      logger.info({ cohort: cohortId, step: nodeId, members, ...texts, ms: msSince(startedMs) }, 'step')
      return { occupied }
    },

    halveCohort: ({ workspaceId, cohortId, nowMs, ...failed }: Cohort & At & FailedStep) =>
      store.inWorkspace(workspaceId, (tx) => halveCohort(tx, cohortId, failed, nowMs)),

    async releaseDue({ workspaceId, placeId, nowMs }: PlaceToWatch & At) {
      const startedMs = performance.now()
      const { released, ...look } = await releaseDue(store, workspaceId, placeId, nowMs)
      const line = { place: placeId, released, cohorts: look.cohortIds, ms: msSince(startedMs) }
      if (released > 0) logger.info(line, 'released')
      return look
    },

    sendFromShard: ({ shard }: Shard) => sender.sendFromShard(shard),
  })
export type Activities = ReturnType<typeof createActivities>

/**
 * An outage is tried again; anything else is final, for the same work would fail the same way.
 * Histories keep neither statements nor their values: a database's error quotes personal data.
 */
function careful<T extends Record<string, (input: never) => Promise<unknown>>>(logger: Logger, activities: T): T {
  const wrapped = Object.entries(activities).map(([name, run]) => [
    name,
    async (input: never) => {
      try {
        return await run(input)
      } catch (error) {
        if (error instanceof Error && error.name === 'CancelledFailure') throw error
        const outage = isOutage(error)
        const word = `${name}: ${sqlState(error) ?? (error instanceof Error ? error.name : 'failed')}`
        logger.warn({ ...(input as object), outage }, word)
        throw outage ? ApplicationFailure.retryable(word, 'Outage') : ApplicationFailure.nonRetryable(word, 'Bad')
      }
    },
  ])
  return Object.fromEntries(wrapped) as T
}
