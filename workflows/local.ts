import { proxyLocalActivities } from '@temporalio/workflow'
import type { Activities } from './activities.ts'

/**
 * The store's verbs as local activities: one marker in the history, no round trip to the engine.
 * An outage is tried again for as long as it lasts; after ten seconds the wait becomes a durable timer.
 */
export const local = proxyLocalActivities<Activities>({
  startToCloseTimeout: '60s',
  localRetryThreshold: '10s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '10s' },
})
