import { writeFileSync } from 'node:fs'
import { Client, Connection } from '@temporalio/client'
import { temporal } from '@temporalio/proto'
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import pino from 'pino'
import { inject } from 'vitest'
import { newApiKey } from '../../db/api-keys.ts'
import { openStore, type Store } from '../../db/client.ts'
import { getInstallation } from '../../db/installation.ts'
import { createWorkspace } from '../../db/new-workspace.ts'
import { createActivities } from '../../workflows/activities.ts'
import { bundleWorkflows } from '../../workflows/bundle.ts'
import type { Channel, HandOver, Text } from '../../workflows/channels/channel.ts'
import { messagesQueue } from '../../workflows/contracts.ts'
import { createEngine, type Engine } from '../../workflows/engine.ts'
import { reconcile } from '../../workflows/reconciler.ts'
import { Relay } from '../../workflows/relay.ts'
import { createSender } from '../../workflows/sender.ts'
import { engineConfig } from '../../workflows/temporal.ts'
import { freshDatabase } from '../stack/postgres.ts'

/** A phone network that remembers what it was given and answers as it is told. */
export class Recorder implements Channel {
  readonly kind = 'sandbox'
  readonly idempotent = false
  readonly texts: Text[] = []
  answer: (text: Text) => HandOver | Promise<HandOver> = () => ({ outcome: 'sent', gatewayId: 'g' })

  async send(text: Text): Promise<HandOver> {
    this.texts.push(text)
    return this.answer(text)
  }
}

/** A store, the engine and a worker of their own, real ones, in this process. */
export interface World {
  store: Store
  /** Of a superuser, for what the store would never do. */
  databaseUrl: string
  workspaceId: string
  engine: Engine
  client: Client
  connection: Connection
  taskQueue: string
  recorder: Recorder
  relay: Relay
  /** What a worker does at every beat: writes down what its senders met. */
  note(): Promise<void>
  reconcile(nowMs: number): Promise<void>
  /** Keeps the history of a workflow for replay, under `name`; only when RECORD_HISTORIES is set. */
  record(name: string, workflowId: string): Promise<void>
  end(): Promise<void>
}

const silent = new DefaultLogger('ERROR', () => {})
let isInstalled = false

interface Wish {
  relaying?: boolean
  /** Where gateways find the API. */
  apiUrl?: string
  /** Of another engine than the run's. */
  address?: string
  /** Further ways to phones. */
  channels?: Channel[]
  /** Where the lines of the log go. */
  log?: { write(line: string): void }
}

export async function startWorld({
  relaying = true,
  apiUrl = 'http://api',
  address = inject('temporalAddress'),
  channels = [],
  log,
}: Wish = {}): Promise<World> {
  if (!isInstalled) Runtime.install({ logger: silent, shutdownSignals: [] })
  isInstalled = true
  const databaseUrl = await freshDatabase()
  const store = openStore(databaseUrl, { connectionsMax: 12 })
  const { id: installation } = await getInstallation(store)
  const workspaceId = await createWorkspace(
    store,
    { name: 'Test', preset: 'call-centre', ordersEnabledBy: 'test' },
    newApiKey(),
    Date.now(),
  )
  const taskQueue = `test-${installation}`
  const [connection, native] = await Promise.all([
    Connection.connect({ address }),
    NativeConnection.connect({ address }),
  ])
  const { namespace, limits } = engineConfig()
  const engine = createEngine(connection, { namespace, taskQueue, installation })
  const recorder = new Recorder()
  const logger = log ? pino({}, log) : pino({ level: 'silent' })
  const sender = createSender({ store, channels: [recorder, ...channels], apiUrl, handingMax: 20, logger })
  const { sendFromShard, ...steps } = createActivities(store, sender, logger)
  const workflowBundle = await bundle()
  const workers = await Promise.all([
    Worker.create({ connection: native, namespace, taskQueue, workflowBundle, activities: steps }),
    Worker.create({
      connection: native,
      namespace,
      taskQueue: messagesQueue(taskQueue),
      activities: { sendFromShard },
    }),
  ])
  const running = workers.map((worker) => worker.run())
  const relay = new Relay({ store, engine, limits, logger })
  const ending = new AbortController()
  const carrying = relaying ? carry(relay, ending.signal) : Promise.resolve()
  await store.listen('tidings_messages', sender.wake)
  const client = new Client({ connection, namespace })
  return {
    store,
    databaseUrl,
    workspaceId,
    engine,
    client,
    connection,
    taskQueue,
    recorder,
    relay,
    note: () => sender.note(),
    reconcile: (nowMs) => reconcile({ store, engine, limits, logger }, nowMs),
    async record(name, workflowId) {
      if (!process.env.RECORD_HISTORIES) return
      const history = await client.workflow.getHandle(`${installation}/${workflowId}`).fetchHistory()
      const bytes = temporal.api.history.v1.History.encode(history).finish()
      writeFileSync(new URL(`./histories/${name}.pb`, import.meta.url), bytes)
    },
    async end() {
      ending.abort()
      await carrying
      for (const worker of workers) worker.shutdown()
      await Promise.all(running)
      await Promise.all([native.close(), connection.close(), store.close()])
    },
  }
}

async function carry(relay: Relay, ending: AbortSignal): Promise<void> {
  while (!ending.aborted) {
    const inMs = await relay.round().catch(() => 50)
    await new Promise((resolve) => setTimeout(resolve, Math.min(inMs, 20)))
  }
}

let bundled: ReturnType<typeof bundleWorkflows> | undefined
const bundle = () => {
  bundled ??= bundleWorkflows()
  return bundled
}
