import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineSignal,
  patched,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'
import { startCampaignRun } from './campaign-run.ts'
import { installationOf, type PlaceToWatch, WAKE } from './contracts.ts'
import { local } from './local.ts'

/** Somebody is due at this place at `at` (epoch ms), or its rule was edited: look no later. */
const wake = defineSignal<[at: number]>(WAKE)

/** One durable timer for everybody who waits at a place; it ends when nobody can come there any more. */
export async function deadlines({ workspaceId, placeId, wakeAt: carried }: PlaceToWatch): Promise<void> {
  let wakeAt = carried ?? 0
  setHandler(wake, (at) => {
    wakeAt = Math.min(wakeAt, at)
  })
  const installation = installationOf(workflowInfo().workflowId)
  const renewsAsleep = patched('renews-asleep')
  // words fill a history too, also those that change nothing
  const isFull = () => renewsAsleep && workflowInfo().continueAsNewSuggested
  while (!workflowInfo().continueAsNewSuggested) {
    while (wakeAt > Date.now() && !isFull()) {
      const until = wakeAt
      await condition(() => wakeAt < until || isFull(), until - Date.now())
    }
    if (isFull()) break
    // wakes that come while we look are kept
    wakeAt = Number.POSITIVE_INFINITY
    const { lookAgainAt, cohortIds } = await local.releaseDue({ workspaceId, placeId, nowMs: Date.now() })
    await Promise.all(cohortIds.map((cohortId) => startCampaignRun(installation, { workspaceId, cohortId })))
    if (lookAgainAt === null && wakeAt === Number.POSITIVE_INFINITY) return
    wakeAt = Math.min(wakeAt, lookAgainAt ?? wakeAt)
  }
  await condition(allHandlersFinished)
  await continueAsNew<typeof deadlines>({ workspaceId, placeId, wakeAt })
}
