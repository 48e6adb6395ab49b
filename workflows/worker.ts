import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '@temporalio/client'
import { DefaultLogger, makeTelemetryFilterString, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import type { Logger } from 'pino'
import { databaseUrl, openStore, type Store } from '../db/client.ts'
import { logTo, registerPart, stopSignal, untilPublished } from '../db/home.ts'
import { newId } from '../db/ids.ts'
import { beat, forgetWorker, getInstallation } from '../db/installation.ts'
import { type Activities, createActivities } from './activities.ts'
import { bundleWorkflows } from './bundle.ts'
import { kannelChannel } from './channels/kannel.ts'
import { sandboxChannel } from './channels/sandbox.ts'
import { messagesQueue } from './contracts.ts'
import { createEngine, type Engine } from './engine.ts'
import { leadInTurn } from './leader.ts'
import { reconcile } from './reconciler.ts'
import { Relay } from './relay.ts'
import { createSender, type Sender } from './sender.ts'
import { Pause } from './slots.ts'
import { type EngineConfig, engineAddress, engineConfig } from './temporal.ts'

const CONNECTIONS_MAX = 14
const BEAT_MS = 3_000
const RECONCILE_MS = 10_000
const RETRY_MS = 1_000

/** The process that does the work of the engine: workflows and their steps, senders, the relay and the reconciler. */
async function main(): Promise<void> {
  registerPart('worker')
  const logger = logTo('worker')
  const stopped = stopSignal()
  const config = engineConfig()
  Runtime.install({
    logger: engineLogger(logger),
    shutdownSignals: [],
    // the engine's own words belong into the log, not between the sentences for people
    telemetryOptions: { logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) } },
  })
  const [bundle, store, address] = await Promise.all([
    bundleWorkflows(),
    databaseUrl().then((url) => openStore(url, { connectionsMax: CONNECTIONS_MAX })),
    engineAddress(),
  ])
  const { tls, apiKey, namespace, taskQueue } = config
  const options = { address, ...(tls !== undefined && { tls }), ...(apiKey && { apiKey }) }
  const [native, connection, installation] = await Promise.all([
    tried(() => NativeConnection.connect(options), stopped),
    tried(() => Connection.connect(options), stopped),
    tried(() => getInstallation(store), stopped),
  ])
  const engine = createEngine(connection, { namespace, taskQueue, installation: installation.id })
  const sender = createSender({
    store,
    channels: [sandboxChannel(() => untilPublished('sandbox-gateway.url')), kannelChannel()],
    apiUrl: `http://127.0.0.1:${process.env.PORT || 4000}`,
    handingMax: config.limits.handingMax,
    logger,
  })
  const workers = await createWorkers(native, config, bundle, createActivities(store, sender, logger))
  const work = Promise.all([
    ...workers.map((worker) => worker.run()),
    beatOn({ store, engine, sender, stopped, logger }),
    carryOn({ store, engine, sender, config, stopped, logger }),
  ])
  const shutDown = () => {
    for (const worker of workers) worker.shutdown()
  }
  if (stopped.aborted) shutDown()
  else stopped.addEventListener('abort', shutDown)
  await work
  await sender.note().catch((error) => logger.warn({ error }, 'what gateways did last is not noted'))
  await Promise.all([native.close(), connection.close(), store.close()])
}

function createWorkers(
  connection: NativeConnection,
  { namespace, taskQueue, limits }: EngineConfig,
  workflowBundle: { code: string },
  activities: Activities,
): Promise<Worker[]> {
  const { sendFromShard, ...steps } = activities
  return Promise.all([
    Worker.create({
      connection,
      namespace,
      taskQueue,
      workflowBundle,
      activities: steps,
      maxCachedWorkflows: limits.maxCachedWorkflows,
      maxConcurrentWorkflowTaskExecutions: limits.maxConcurrentWorkflowTasks,
      maxConcurrentLocalActivityExecutions: limits.maxConcurrentLocalActivities,
      shutdownForceTime: '10s',
    }),
    Worker.create({
      connection,
      namespace,
      taskQueue: messagesQueue(taskQueue),
      activities: { sendFromShard },
      maxConcurrentActivityTaskExecutions: limits.maxConcurrentActivities,
      shutdownForceTime: '10s',
    }),
  ])
}

/** Tells that a worker lives and that the engine answers it, and what its senders met at gateways. */
async function beatOn({ store, engine, sender, stopped, logger }: Omit<Carrying, 'config'>): Promise<void> {
  const id = newId()
  while (!stopped.aborted) {
    try {
      const engineMs = await engine.namespaceId().then(Date.now, () => null)
      await beat(store, { id, seenMs: Date.now(), engineMs })
      await sender.note()
    } catch (error) {
      logger.warn({ error }, 'no heartbeat')
    }
    await rest(BEAT_MS, stopped)
  }
  await forgetWorker(store, id).catch(() => {})
}

interface Carrying {
  store: Store
  engine: Engine
  sender: Sender
  config: EngineConfig
  stopped: AbortSignal
  logger: Logger
}

/** Listens for the store's words, and relays and reconciles while this process leads. */
async function carryOn({ store, engine, sender, config, stopped, logger }: Carrying): Promise<void> {
  const pause = new Pause()
  stopped.addEventListener('abort', () => pause.end())
  await tried(() => store.listen('tidings_outbox', () => pause.end()), stopped)
  await tried(() => store.listen('tidings_messages', () => sender.wake()), stopped)
  await leadInTurn(
    store,
    async (stillLeading) => {
      const relay = new Relay({ store, engine, limits: config.limits, logger })
      const turn = new AbortController()
      const reconciling = every(RECONCILE_MS, AbortSignal.any([stopped, turn.signal]), logger, async () =>
        reconcile({ store, engine, limits: config.limits, logger }, Date.now()),
      )
      try {
        for (let checkMs = 0; !stopped.aborted; ) {
          pause.begin()
          const inMs = await relay.round().catch((error) => {
            logger.warn({ error }, 'the relay could not carry')
            return RETRY_MS
          })
          if (Date.now() - checkMs > BEAT_MS) {
            await stillLeading()
            checkMs = Date.now()
          }
          await pause.sleep(inMs)
        }
      } finally {
        turn.abort()
        await reconciling
      }
    },
    { stopped, logger },
  )
}

async function every(ms: number, stopped: AbortSignal, logger: Logger, work: () => Promise<void>): Promise<void> {
  while (!stopped.aborted) {
    await work().catch((error) => logger.warn({ error }, 'could not reconcile'))
    await rest(ms, stopped)
  }
}

/** Tries until it succeeds: the parts start in any order, and each waits for what it needs. */
async function tried<T>(attempt: () => Promise<T>, stopped: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (stopped.aborted) throw error
      await rest(RETRY_MS, stopped)
    }
  }
}

const rest = (ms: number, stopped: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal: stopped }).catch(() => {})

const engineLogger = (logger: Logger) =>
  new DefaultLogger('INFO', ({ level, message, meta }) => {
    const name = level.toLowerCase() as 'trace' | 'debug' | 'info' | 'warn' | 'error'
    logger[name]({ meta }, message)
  })

await main()
process.exit(0)
