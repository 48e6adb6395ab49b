import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Clock } from './clock.ts'
import { Disk } from './disk.ts'
import { checkInvariants, type Violation } from './invariants.ts'
import { faultsOf, type Planned, strike } from './plan.ts'
import { openRig, type Rig } from './rig.ts'
import { Seeded } from './seeded.ts'
import { settle } from './settle.ts'
import { drive } from './traffic.ts'

/** `npm run faults -- --rounds N [--seed S] [--json]`: traffic while things break, then what must hold is looked at. */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, seed: { type: 'string' }, json: { type: 'boolean' } },
})
const rounds = Number(values.rounds)
const seed = Number(values.seed ?? Date.now() % 100_000)
if (!(rounds > 0) || Number.isNaN(seed)) {
  console.error('npm run faults -- --rounds N [--seed S] [--json]')
  process.exit(2)
}

interface Round {
  round: number
  faults: string[]
  seconds: number
  events: number
  violations: Violation[]
}

// the clock must go on when the disk is full
const clock = new Clock()
const disk = await Disk.open()
mkdirSync(disk.folder, { recursive: true })
process.env.TMPDIR = disk.folder
const rig = await openRig(disk, clock)
const done: Round[] = []
try {
  for (let round = 1; round <= rounds; round++) done.push(await play(rig, round))
} finally {
  await rig.end()
  await disk.close()
  clock.close()
}
const violations = done.flatMap((r) => r.violations)
const events = done.reduce((sum, r) => sum + r.events, 0)
console.log(`${rounds} rounds, seed ${seed}: ${events} events, ${violations.length} violated invariants`)
if (values.json) console.log(JSON.stringify({ faults: 'run', seed, rounds: done, events, violated: violations.length }))
process.exit(violations.length === 0 ? 0 : 1)

/** A round: traffic and faults side by side, then quiet, then the look. */
async function play(rig: Rig, round: number): Promise<Round> {
  const dice = new Seeded(seed * 1_000 + round)
  const faults = faultsOf(dice, rig)
  const startedMs = Date.now()
  const [{ events }] = await Promise.all([drive(rig, round, dice), strikeAll(rig, faults)])
  const violations = [...(await settle(rig)), ...(await checkInvariants(rig))]
  const seconds = (Date.now() - startedMs) / 1_000
  const names = faults.map(({ name, atMs }) => `${name} at ${(atMs / 1_000).toFixed(1)} s`)
  console.log(`round ${round}: ${seconds.toFixed(0)} s, ${events} events; ${names.join(', ')}`)
  for (const { invariant, count, example } of violations)
    console.log(`  VIOLATED ${invariant}: ${count}, as ${example}`)
  return { round, faults: names, seconds, events, violations }
}

function strikeAll(rig: Rig, faults: readonly Planned[]): Promise<unknown> {
  return Promise.all(faults.map((fault) => strike(rig, fault)))
}
