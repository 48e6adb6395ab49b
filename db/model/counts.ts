import type { Campaign, Step } from './campaign-schema.ts'
import { NODE_OUTPUTS } from './node-outputs.ts'

/** What the store counts of one version: who came in, what its journal says, and who stands where. */
export interface Tallies {
  entered: number
  /** Journal lines that ended a visit to a step. */
  passed: readonly { step: string; outcome: string; count: number }[]
  standing: readonly ({ step: string } & Standing)[]
}

/** Customers at a step: in a wait, on their way, held by a pause, or put aside after errors. */
export interface Standing {
  waiting: number
  walking: number
  held: number
  stuck: number
}

/** One step in figures. `entered` = all of `left` + `ended` + `here`, and `here` = the four of `Standing`. */
export interface StepCounts extends Standing {
  entered: number
  here: number
  /** Customers by the way out they took. */
  left: Record<string, number>
  /** Customers whose campaign ended here: at an exit, or because their order had left the status. */
  ended: number
}

/** Customers who took a way out; `to` is null where the campaign ends. */
export interface LineCount {
  from: string
  output: string
  to: string | null
  count: number
}

export interface Counts {
  steps: Record<string, StepCounts>
  lines: LineCount[]
}

/** The figures of every step and line. Throws when the journal tells an outcome that no step has. */
export function countSteps({ steps }: Campaign, tallies: Tallies): Counts {
  const counted = steps.map((step, i): [Step, StepCounts] => [step, countStep(step, i === 0, tallies)])
  return {
    steps: Object.fromEntries(counted.map(([{ id }, counts]) => [id, counts])),
    lines: counted.flatMap(([{ id, next }, { left }]) =>
      Object.entries(left).map(([output, count]) => ({ from: id, output, to: targetOf(next, output), count })),
    ),
  }
}

const targetOf = (next: Record<string, string | null>, output: string): string | null => next[output] ?? null

const NOBODY: Standing = { waiting: 0, walking: 0, held: 0, stuck: 0 }

function countStep(step: Step, isTrigger: boolean, { entered, passed, standing }: Tallies): StepCounts {
  const { waiting, walking, held, stuck } = standing.find((s) => s.step === step.id) ?? NOBODY
  // members stand behind the trigger from the start, so no journal tells of it
  const told = isTrigger ? [{ outcome: 'out', count: entered }] : passed.filter((p) => p.step === step.id)
  const left: Record<string, number> = Object.fromEntries(NODE_OUTPUTS[step.kind].map((output) => [output, 0]))
  let ended = 0
  for (const { outcome, count } of told) {
    const output = outputOf(step, outcome)
    if (output === null) ended += count
    else left[output] = (left[output] ?? 0) + count
  }
  const here = waiting + walking + held + stuck
  const gone = Object.values(left).reduce((sum, n) => sum + n, 0)
  return { entered: gone + ended + here, here, waiting, walking, held, stuck, left, ended }
}

/** Outcomes that are not named like the way out they lead to; null: the campaign ended for them here. */
const OUTPUTS: Record<string, string | null> = {
  waited: 'out',
  queued: 'out',
  suppressed: 'out',
  left: null,
  ended: null,
}

function outputOf({ id, kind }: Step, outcome: string): string | null {
  const ways: readonly string[] = NODE_OUTPUTS[kind]
  const output = outcome === 'skipped' ? ways[0] : Object.hasOwn(OUTPUTS, outcome) ? OUTPUTS[outcome] : outcome
  if (output === undefined || (output !== null && !ways.includes(output)))
    throw new Error(`the step ${id} (${kind}) has no way out for ${outcome}`)
  return output
}
