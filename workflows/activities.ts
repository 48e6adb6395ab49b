import { ApplicationFailure, log } from '@temporalio/activity'
import { consequencesOf, halveBatch } from '../db/batches.ts'
import { type Store, sqlState } from '../db/client.ts'
import { type FailedStep, halveCohort } from '../db/cohorts.ts'
import { loadPlan, takeStep } from '../db/enrolments.ts'
import { isOutage } from '../db/outage.ts'
import { releaseDue } from '../db/releases.ts'
import type { Batch, Cohort, PlaceToWatch, Shard } from './contracts.ts'
import type { Sender } from './sender.ts'

type At = { nowMs: number }

/** The store's verbs for workflows, and the senders. Time comes from the workflow, never from the database. */
export const createActivities = (store: Store, sender: Sender) =>
  careful({
    consequencesOf: ({ workspaceId, batchId, nowMs }: Batch & At) =>
      store.inWorkspace(workspaceId, (tx) => consequencesOf(tx, batchId, nowMs)),

    halveBatch: ({ workspaceId, batchId, nowMs, ...failure }: Batch & At & { id: string; error: string }) =>
      store.inWorkspace(workspaceId, (tx) => halveBatch(tx, batchId, failure, nowMs)),

    loadPlan: ({ workspaceId, cohortId, nowMs }: Cohort & At) =>
      store.inWorkspace(workspaceId, (tx) => loadPlan(tx, cohortId, nowMs)),

    takeStep: ({ workspaceId, cohortId, nodeId, nowMs }: Cohort & At & { nodeId: string }) =>
      store.inWorkspace(workspaceId, (tx) => takeStep(tx, cohortId, nodeId, nowMs)),

    halveCohort: ({ workspaceId, cohortId, nowMs, ...failed }: Cohort & At & FailedStep) =>
      store.inWorkspace(workspaceId, (tx) => halveCohort(tx, cohortId, failed, nowMs)),

    releaseDue: ({ workspaceId, placeId, nowMs }: PlaceToWatch & At) => releaseDue(store, workspaceId, placeId, nowMs),

    sendFromShard: ({ shard }: Shard) => sender.sendFromShard(shard),
  })
export type Activities = ReturnType<typeof createActivities>

/**
 * An outage is tried again; anything else is final, for the same work would fail the same way.
 * Histories keep neither statements nor their values: a database's error quotes personal data.
 */
function careful<T extends Record<string, (input: never) => Promise<unknown>>>(activities: T): T {
  const wrapped = Object.entries(activities).map(([name, run]) => [
    name,
    async (input: never) => {
      try {
        return await run(input)
      } catch (error) {
        if (error instanceof Error && error.name === 'CancelledFailure') throw error
        const outage = isOutage(error)
        const word = `${name}: ${sqlState(error) ?? (error instanceof Error ? error.name : 'failed')}`
        log.warn(word, { outage })
        throw outage ? ApplicationFailure.retryable(word, 'Outage') : ApplicationFailure.nonRetryable(word, 'Bad')
      }
    },
  ])
  return Object.fromEntries(wrapped) as T
}
