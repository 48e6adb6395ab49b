import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { findPart, logTo, publish, readPublished, registerPart, stopSignal, tell, untilPartsGone } from './home.ts'

const LOOK_EVERY_MS = 250
const TRY_AGAIN_AFTER_MS = 1000
/** Longer than the 10 s that a part may take to finish what it holds. */
const PARTS_STOP_WITHIN_MS = 12_000
/** The exit code that says: starting this part again is of no use. */
export const CANNOT_START = 78

/** Why this machine cannot run a part, as one sentence for people; trying again does not help. */
export class CannotStart extends Error {}

/** A server in a session of its own: it outlives the process that tends it, which finds it again. */
export interface Daemon {
  /** How sentences call it. */
  title: string
  isUp(): boolean
  /** Starts or adopts it, and returns when it answers and its address is published. Gives up soon after `stopping`. */
  bringUp(stopping: AbortSignal): Promise<void>
  takeDown(): Promise<void>
}

/** Keeps a server up until this process is told to stop, lets the parts that use it end first, then takes it down. */
export async function tend(name: string, daemon: Daemon, usedBy: readonly string[]): Promise<void> {
  registerPart(name)
  const log = logTo(name)
  const stopping = stopSignal()
  let ready = false
  for (let failures = 0; !stopping.aborted; ) {
    try {
      if (!ready || !daemon.isUp()) {
        ready = false
        await daemon.bringUp(stopping)
        ready = true
        log.info(`${daemon.title} is up`)
      }
      failures = 0
      await pause(LOOK_EVERY_MS)
    } catch (error) {
      if (stopping.aborted) break
      log.error(error)
      if (error instanceof CannotStart) return refuse(error)
      if (failures++ === 0)
        console.log(`${daemon.title} does not start; trying again. The reason is in logs/${name}.log.`)
      await pause(TRY_AGAIN_AFTER_MS)
    }
  }
  await untilPartsGone(usedBy, PARTS_STOP_WITHIN_MS)
  // what holds on until now would hold on for ever
  for (const pid of usedBy.map(findPart)) if (pid) tell(pid, 'SIGKILL')
  await daemon.takeDown()
  log.info(`${daemon.title} is down`)
  process.exit(0)
}

/** Ends this process with one sentence; its runner then stops the others as well. */
export function refuse(reason: unknown): never {
  console.log(reason instanceof Error ? reason.message : reason)
  process.exit(CANNOT_START)
}

/**
 * A port of 127.0.0.1 for this purpose, the same at every start of this installation unless somebody else took it.
 * `isOurs`: our own server holds it already.
 */
export async function keptPort(purpose: string, isOurs = false): Promise<number> {
  const file = join('run', `${purpose}.port`)
  const former = Number(readPublished(file))
  if (former && isOurs) return former
  // a server that was killed a moment ago may still hold it
  for (let tries = 0; former && tries < 30; tries++, await pause(100)) if (await isFree(former)) return former
  const port = await freePort()
  publish(file, `${port}`)
  return port
}

/** A free port of 127.0.0.1 below those the system hands out by itself, so that no outgoing connection takes it meanwhile. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 10_000)
    if (await isFree(port)) return port
  }
  throw new Error('no free port between 20000 and 30000')
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
