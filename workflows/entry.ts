/** Everything the engine can run; what this file reaches is bundled for the sandbox. */
export { campaignRun } from './campaign-run.ts'
export { deadlines } from './deadlines.ts'
export { orderStatusChanged } from './order-status-changed.ts'
export { sendMessages } from './send-messages.ts'
