import { proxyLocalActivities, sleep } from '@temporalio/workflow'
import type { OneEachSteps } from './one-each-worker.ts'

/** What a customer's own workflow is given. */
export interface Customer {
  workspaceId: string
  orderId: string
}

const steps = proxyLocalActivities<OneEachSteps>({ startToCloseTimeout: '60s' })

/** The same campaign as one workflow for each customer: filter, wait, text. Twelve events: nothing is left to save. */
export async function oneEach(customer: Customer): Promise<void> {
  if (!(await steps.passes(customer))) return
  await sleep('5s')
  await steps.text(customer)
}
