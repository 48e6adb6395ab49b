/** What workflows are given: ids only, never what they stand for. */
export interface Batch {
  workspaceId: string
  batchId: string
}
export interface Cohort {
  workspaceId: string
  cohortId: string
}
export interface PlaceToWatch {
  workspaceId: string
  placeId: string
  /** Carried over when the workflow continues as new: when to look next, in epoch ms. */
  wakeAt?: number
}
export interface Shard {
  shard: number
}

/** The ids of workflows derive from rows; an installation never meets another's, nor its own of another database. */
export const workflowIds = {
  batch: (installation: string, batchId: string) => `${installation}/batch/${batchId}`,
  cohort: (installation: string, cohortId: string) => `${installation}/cohort/${cohortId}`,
  place: (installation: string, placeId: string) => `${installation}/place/${placeId}`,
  shard: (installation: string, shard: number) => `${installation}/send/${shard}`,
}
/** The installation that a workflow's id begins with. */
export const installationOf = (workflowId: string): string => workflowId.slice(0, workflowId.indexOf('/'))

/** Names that both sides of the engine use. */
export const WORKFLOWS = {
  batch: 'orderStatusChanged',
  cohort: 'campaignRun',
  place: 'deadlines',
  shard: 'sendMessages',
} as const
export const WAKE = 'wake'

/** The queue of the senders, beside that of the workflows. */
export const messagesQueue = (taskQueue: string): string => `${taskQueue}-messages`
