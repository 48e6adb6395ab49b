import { continueAsNew, proxyActivities, workflowInfo } from '@temporalio/workflow'
import type { Activities } from './activities.ts'
import { messagesQueue, type Shard } from './contracts.ts'

/** Keeps one sender at work for a shard of the ledger. */
export async function sendMessages({ shard }: Shard): Promise<void> {
  const { sendFromShard } = proxyActivities<Pick<Activities, 'sendFromShard'>>({
    taskQueue: messagesQueue(workflowInfo().taskQueue),
    // it returns by itself after an hour; a sender that died is noticed by its heartbeat
    startToCloseTimeout: '2h',
    heartbeatTimeout: '10s',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10s' },
  })
  while (!workflowInfo().continueAsNewSuggested) await sendFromShard({ shard })
  await continueAsNew<typeof sendMessages>({ shard })
}
