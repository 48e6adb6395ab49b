import { Client, type Connection, WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { defaultPayloadConverter, toPayloads } from '@temporalio/common'
import { newId } from '../db/ids.ts'
import type { Ref } from '../db/outbox.ts'
import { WAKE, WORKFLOWS, workflowIds } from './contracts.ts'

/** What the store's outbox asks of the engine. Everything may be asked twice. */
export interface Engine {
  startBatch(batch: Ref): Promise<Started>
  startCohort(cohort: Ref): Promise<Started>
  startSender(shard: number): Promise<Started>
  /** Has the place's timer look no later than `atMs`; `requestId` makes a repeated wish one. */
  wakePlace(place: Ref, atMs: number, requestId?: string): Promise<void>
  /** Which namespace this is; another id under the same name means that the engine lost everything. */
  namespaceId(): Promise<string>
}
/** Whether a run was begun; false: it was running already, which is as good. */
export type Started = boolean

const DEADLINE_MS = 10_000

export function createEngine(
  connection: Connection,
  { namespace, taskQueue, installation }: { namespace: string; taskQueue: string; installation: string },
): Engine {
  const client = new Client({ connection, namespace })
  const timely = <T>(call: () => Promise<T>): Promise<T> => connection.withDeadline(Date.now() + DEADLINE_MS, call)
  const start = async (type: string, workflowId: string, input: object): Promise<Started> => {
    try {
      await timely(() => client.workflow.start(type, { workflowId, taskQueue, args: [input] }))
      return true
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false
      throw error
    }
  }
  return {
    startBatch: ({ workspaceId, id }) =>
      start(WORKFLOWS.batch, workflowIds.batch(installation, id), { workspaceId, batchId: id }),
    startCohort: ({ workspaceId, id }) =>
      start(WORKFLOWS.cohort, workflowIds.cohort(installation, id), { workspaceId, cohortId: id }),
    startSender: (shard) => start(WORKFLOWS.shard, workflowIds.shard(installation, shard), { shard }),
    async wakePlace({ workspaceId, id }, atMs, requestId = newId()) {
      const payloads = (value: unknown) => ({ payloads: toPayloads(defaultPayloadConverter, value) ?? null })
      // the client's own signalWithStart makes a new request id each time, and a repeated signal would count twice
      await timely(() =>
        client.workflowService.signalWithStartWorkflowExecution({
          namespace,
          requestId,
          workflowId: workflowIds.place(installation, id),
          workflowType: { name: WORKFLOWS.place },
          taskQueue: { name: taskQueue },
          input: payloads({ workspaceId, placeId: id }),
          signalName: WAKE,
          signalInput: payloads(atMs),
          identity: 'relay',
        }),
      )
    },
    async namespaceId() {
      const { namespaceInfo } = await timely(() => client.workflowService.describeNamespace({ namespace }))
      return namespaceInfo?.id ?? ''
    },
  }
}
