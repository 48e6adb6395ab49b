import type { World } from './world.ts'

let count = 0

/** Lets `ms` of a running workflow's own time pass in an instant, and answers the time it has then. Source: engine.md 3. */
export async function fastForward({ connection }: World, workflowId: string, ms: number): Promise<number> {
  const id = `forward-${++count}`
  const target = { namespace: 'default', workflowExecution: { workflowId } }
  // the client has no option for it yet; the server and its protocol do
  const service = connection.workflowService as unknown as Record<string, (request: object) => Promise<object>>
  await service.updateWorkflowExecutionOptions!({
    ...target,
    updateMask: { paths: ['time_skipping_config'] },
    workflowExecutionOptions: {
      timeSkippingConfig: {
        enabled: true,
        maxSessionSkipCount: 100_000,
        fastForwardConfig: { id, duration: { seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1e6 } },
      },
    },
  })
  await service.pollWorkflowExecutionTimeSkipping!({ ...target, fastForwardId: id })
  const described = (await service.describeWorkflowExecution!({ ...target, execution: { workflowId } })) as {
    workflowExtendedInfo?: { timeSkippingInfo?: { currentTime?: { seconds: { toString(): string }; nanos: number } } }
  }
  const { seconds, nanos } = described.workflowExtendedInfo!.timeSkippingInfo!.currentTime!
  return Number(seconds.toString()) * 1000 + nanos / 1e6
}
