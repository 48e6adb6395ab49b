import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import { ApplicationFailure, ParentClosePolicy, startChild, uuid4 } from '@temporalio/workflow'
import { getNode, moved, type Plan, ready } from '../db/model/walk.ts'
import { type Cohort, workflowIds } from './contracts.ts'
import { local } from './local.ts'

/** One cohort of one campaign version, from where it stands until everybody waits or is out. */
export async function campaignRun(cohort: Cohort): Promise<void> {
  const { plan, occupied } = await local.loadPlan({ ...cohort, nowMs: Date.now() })
  for (let at = new Set(occupied); at.size > 0; ) {
    const acting = ready(plan, at)
    const found = await Promise.all(acting.map((nodeId) => takeStep(plan, cohort, nodeId)))
    at = moved(at, acting, found.flat())
  }
}

/**
 * One step for all members at a node; its title is what the engine's own pages show.
 * A member for whom it cannot be taken fails it for all; the cohort is cut in two until that member stands alone.
 */
async function takeStep(plan: Plan, cohort: Cohort, nodeId: string): Promise<string[]> {
  const options = { startToCloseTimeout: '60s', summary: getNode(plan, nodeId).title } as const
  for (;;) {
    try {
      const { occupied } = await local.takeStep.executeWithOptions(options, [{ ...cohort, nodeId, nowMs: Date.now() }])
      return occupied
    } catch (failure) {
      if (!(failure instanceof ApplicationFailure)) throw failure
      const failed = { nodeId, error: failure.message, cutOffId: uuid4() }
      const { goesOn } = await local.halveCohort({ ...cohort, ...failed, nowMs: Date.now() })
      if (!goesOn) return []
    }
  }
}

/** Starts the walk of a cohort as a workflow of its own; one that runs already is as good. */
export async function startCampaignRun(installation: string, cohort: Cohort): Promise<void> {
  try {
    await startChild(campaignRun, {
      workflowId: workflowIds.cohort(installation, cohort.cohortId),
      args: [cohort],
      parentClosePolicy: ParentClosePolicy.ABANDON,
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}
