import type { TestProject } from 'vitest/node'
import { freePort } from '../../db/daemon.ts'
import { commandLine, homePath, publish } from '../../db/home.ts'
import { startDevServer, untilNamespaceAnswers } from '../../workflows/dev-server.ts'
import { findServer } from '../../workflows/find-server.ts'
import { startOnce } from './once.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the Temporal server of the run answers, host:port; its namespace is `default`. */
    temporalAddress: string
  }
}

/** Lets a workflow that asks for it skip the time in which nothing happens. */
const SKIPPING = { 'frontend.WorkflowTimeSkippingEnabled': 'true', 'history.timerProcessorMaxTimeShift': '"1ms"' }

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { address, release } = await startOnce('temporal', async () => {
    const server = {
      program: await findServer(),
      file: homePath('temporal', 'temporal.db'),
      namespace: 'default',
      port: await freePort(),
      log: homePath('logs', 'temporal.log'),
      dynamicConfig: SKIPPING,
    }
    const pid = startDevServer(server)
    publish('run/temporal.pid', `${pid}\n`)
    await untilNamespaceAnswers(server, () => commandLine(pid) !== '')
    return `127.0.0.1:${server.port}`
  })
  project.provide('temporalAddress', address)
  return release
}
