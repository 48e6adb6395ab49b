import { fileURLToPath } from 'node:url'
import { Client, Connection } from '@temporalio/client'
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import { sql } from 'drizzle-orm'
import { openStore, rows, type Store } from '../../db/client.ts'
import { queueTexts } from '../../db/messages.ts'
import type { Customer, oneEach } from './one-each.ts'

export const ONE_EACH_QUEUE = 'one-each'

const MESSAGE = 'Hi {{ customer.first_name }}, order {{ order.number }} is accepted.'

/** The campaign's steps for one customer, each one transaction of the same verbs. */
const createSteps = (store: Store) => ({
  passes: ({ workspaceId, orderId }: Customer) =>
    store.inWorkspace(workspaceId, async (tx) => {
      const [found] = await rows<{ passes: boolean }>(
        tx,
        sql`select total >= 10 as passes from orders where id = ${orderId}`,
      )
      return found!.passes
    }),
  text: ({ workspaceId, orderId }: Customer) =>
    store.inWorkspace(workspaceId, async (tx) => {
      const wish = { dedupeKey: `one-each:${orderId}`, orderId, template: MESSAGE, priority: 2 }
      await queueTexts(tx, [wish], Date.now())
    }),
})
export type OneEachSteps = ReturnType<typeof createSteps>

/** A worker in this process, tuned for many small workflows, and how to start one. */
export async function openOneEach(address: string, databaseUrl: string) {
  Runtime.install({ logger: new DefaultLogger('ERROR', () => {}) })
  const [native, connection] = await Promise.all([
    NativeConnection.connect({ address }),
    Connection.connect({ address }),
  ])
  const store = openStore(databaseUrl, { connectionsMax: 12 })
  const workflowsPath = fileURLToPath(new URL('./one-each.ts', import.meta.url))
  const worker = await Worker.create({
    connection: native,
    taskQueue: ONE_EACH_QUEUE,
    workflowBundle: await bundleWorkflowCode({ workflowsPath }),
    activities: createSteps(store),
    maxCachedWorkflows: 2_000,
    maxConcurrentWorkflowTaskExecutions: 120,
    maxConcurrentWorkflowTaskPolls: 20,
    maxConcurrentLocalActivityExecutions: 50,
  })
  const running = worker.run()
  const client = new Client({ connection })
  return {
    client,
    start: (customer: Customer) =>
      client.workflow.start<typeof oneEach>('oneEach', {
        taskQueue: ONE_EACH_QUEUE,
        workflowId: `one-each/${customer.orderId}`,
        args: [customer],
      }),
    async end() {
      worker.shutdown()
      await running
      await Promise.all([native.close(), connection.close(), store.close()])
    },
  }
}
