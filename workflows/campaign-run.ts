import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import { ParentClosePolicy, startChild } from '@temporalio/workflow'
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

/** One step for all members at a node; its title is what the engine's own pages show. */
async function takeStep(plan: Plan, cohort: Cohort, nodeId: string): Promise<string[]> {
  const { title } = getNode(plan, nodeId)
  const step = { ...cohort, nodeId, nowMs: Date.now() }
  const { occupied } = await local.takeStep.executeWithOptions({ startToCloseTimeout: '60s', summary: title }, [step])
  return occupied
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
