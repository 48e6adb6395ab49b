import { readFileSync } from 'node:fs'
import type { TLSConfig } from '@temporalio/client'
import { parse } from 'yaml'
import { z } from 'zod'
import { untilPublished } from '../db/home.ts'

const FILE = new URL('../temporal.yaml', import.meta.url)
const count = z.int().min(1)

/** What the entries mean stands beside them in temporal.yaml. */
const EngineFile = z.strictObject({
  address: z
    .string()
    .regex(/^[^\s/]+:\d+$/, 'must be host:port')
    .optional(),
  namespace: z.string().min(1),
  taskQueue: z.string().min(1),
  tls: z
    .union([
      z.boolean(),
      z.strictObject({
        serverName: z.string().optional(),
        serverCaCertPath: z.string().optional(),
        clientCertPath: z.string().optional(),
        clientKeyPath: z.string().optional(),
      }),
    ])
    .optional(),
  limits: z.strictObject({
    relayLingerMs: z.int().min(0),
    relayBatchMax: count,
    relayStartsPerSecond: count,
    handingMax: count,
    reconcileAfterSeconds: count,
    reconcileMax: count,
    maxCachedWorkflows: count,
    maxConcurrentWorkflowTasks: count,
    maxConcurrentLocalActivities: count,
    maxConcurrentActivities: count,
  }),
})
type EngineFile = z.infer<typeof EngineFile>

/** How to reach the engine, and how much to ask of it. */
export interface EngineConfig {
  /** host:port; undefined: the server that this installation runs itself. */
  address?: string
  namespace: string
  taskQueue: string
  apiKey?: string
  tls?: TLSConfig | boolean
  limits: EngineFile['limits']
}

let config: EngineConfig | undefined

/** temporal.yaml with the environment over it, read once. Throws an error that names the wrong entry. */
export function engineConfig(env: NodeJS.ProcessEnv = process.env): EngineConfig {
  config ??= withEnvironment(parseEngineFile(readFileSync(FILE, 'utf8')), env)
  return config
}

/** Where the engine answers, host:port: as configured, else as soon as this installation's own server is up. */
export async function engineAddress(): Promise<string> {
  return engineConfig().address ?? (await untilPublished('temporal-address'))
}

/** The entries of a temporal.yaml. Throws an error that names the wrong one. */
export function parseEngineFile(text: string): EngineFile {
  const result = EngineFile.safeParse(parse(text))
  if (result.success) return result.data
  const wrong = result.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`)
  throw new Error(`temporal.yaml is wrong at ${wrong.join('; ')}`)
}

/** The names are those that Temporal's own tools read. */
export function withEnvironment(file: EngineFile, env: NodeJS.ProcessEnv): EngineConfig {
  const address = env.TEMPORAL_ADDRESS || file.address
  const apiKey = env.TEMPORAL_API_KEY
  const tls = tlsOf(file.tls, env) ?? (apiKey ? true : undefined)
  return {
    ...(address && { address }),
    namespace: env.TEMPORAL_NAMESPACE || file.namespace,
    taskQueue: file.taskQueue,
    ...(apiKey && { apiKey }),
    ...(tls !== undefined && { tls }),
    limits: file.limits,
  }
}

function tlsOf(file: EngineFile['tls'], env: NodeJS.ProcessEnv): TLSConfig | boolean | undefined {
  const entries = typeof file === 'object' ? file : {}
  const pem = (data: string | undefined, path: string | undefined) =>
    data ? Buffer.from(data) : path ? readFileSync(path) : undefined
  const name = env.TEMPORAL_TLS_SERVER_NAME || entries.serverName
  const ca = pem(env.TEMPORAL_TLS_SERVER_CA_CERT_DATA, env.TEMPORAL_TLS_SERVER_CA_CERT_PATH || entries.serverCaCertPath)
  const crt = pem(env.TEMPORAL_TLS_CLIENT_CERT_DATA, env.TEMPORAL_TLS_CLIENT_CERT_PATH || entries.clientCertPath)
  const key = pem(env.TEMPORAL_TLS_CLIENT_KEY_DATA, env.TEMPORAL_TLS_CLIENT_KEY_PATH || entries.clientKeyPath)
  if (env.TEMPORAL_TLS === 'false') return false
  if (!name && !ca && !crt) return env.TEMPORAL_TLS === 'true' || (typeof file === 'boolean' ? file : undefined)
  return {
    ...(name && { serverNameOverride: name }),
    ...(ca && { serverRootCACertificate: ca }),
    ...(crt && key && { clientCertPair: { crt, key } }),
  }
}
