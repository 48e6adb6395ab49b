/** What can change in a workspace, as pages are told. */
export const TOPICS = [
  'workspace',
  'orders',
  'messages',
  'campaigns',
  'statuses',
  'segments',
  'integrations',
  'channels',
] as const
export type Topic = (typeof TOPICS)[number]

/** Reads what the store tells of a change, `WORKSPACE TOPIC`; null for anything else. */
export function readChange(told: string): { workspaceId: string; topic: Topic } | null {
  const [workspaceId = '', word] = told.split(' ')
  const topic = TOPICS.find((t) => t === word)
  return topic ? { workspaceId, topic } : null
}
