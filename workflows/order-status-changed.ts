import { ApplicationFailure, patched, workflowInfo } from '@temporalio/workflow'
import { campaignRun, startCampaignRun } from './campaign-run.ts'
import { type Batch, installationOf } from './contracts.ts'
import { local } from './local.ts'

/** Cuts that bring the largest batch down to one change. */
const HALVINGS_MAX = 10

/** The trigger: one batch of changes and everything it leads to. */
export async function orderStatusChanged({ workspaceId, batchId }: Batch): Promise<void> {
  const installation = installationOf(workflowInfo().workflowId)
  const cohortIds = await consequencesOf({ workspaceId, batchId })
  // a workflow of its own costs as much as the batch itself, and most batches have one cohort
  const own = patched('walks-first-cohort') ? cohortIds.shift() : undefined
  await Promise.all(cohortIds.map((cohortId) => startCampaignRun(installation, { workspaceId, cohortId })))
  if (own !== undefined) await campaignRun({ workspaceId, cohortId: own })
}

/** A change that cannot be handled fails its batch; the batch is cut in two until the change stands alone. */
async function consequencesOf(batch: Batch): Promise<string[]> {
  for (let cuts = 0; cuts < HALVINGS_MAX; cuts++) {
    try {
      const { cohortIds } = await local.consequencesOf({ ...batch, nowMs: Date.now() })
      return cohortIds
    } catch (failure) {
      if (!(failure instanceof ApplicationFailure)) throw failure
      const id = `${workflowInfo().runId}/${cuts}`
      await local.halveBatch({ ...batch, id, error: failure.message, nowMs: Date.now() })
    }
  }
  return []
}
