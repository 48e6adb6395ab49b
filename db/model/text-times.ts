import { passesTo } from './campaign.ts'
import type { Campaign, Step, StepOf } from './campaign-schema.ts'
import type { NodeKind } from './node-outputs.ts'
import { fixedMs, parsePeriod } from './period.ts'

/**
 * When the texts of one walk go out at the earliest, in milliseconds after it began: the k-th entry is the least time
 * after which some way through the campaign has sent k + 1 texts. As long as the way with the most texts. Filters are
 * taken to let pass and to turn away alike. Only asked of a campaign that may be published.
 */
export function textTimes({ steps }: Campaign): number[] {
  const byId = new Map(steps.map((step) => [step.id, step]))
  const known = new Map<string, number[]>()
  const from = (id: string | null): number[] => {
    if (id === null) return []
    const times = known.get(id) ?? timesOf(byId.get(id)!)
    known.set(id, times)
    return times
  }
  const timesOf = (step: Step): number[] => {
    if (step.disabled) return from(passesTo(step))
    const later = Object.values(step.next as Record<string, string | null>).map(from)
    return (TIMES[step.kind] as (step: Step, later: number[]) => number[])(step, later.reduce(earliest, []))
  }
  return from(steps[0]?.id ?? null)
}

const asLater = (_: unknown, later: number[]): number[] => later

/** What each kind of step does to the times of the texts behind it. */
const TIMES = {
  order_status_changed: asLater,
  filter_customers: asLater,
  wait: ({ for: iso }, later) => later.map((ms) => ms + waitMs(iso)),
  send_sms: (_, later) => [0, ...later],
  exit: asLater,
} satisfies { [K in NodeKind]: (step: StepOf<K>, later: number[]) => number[] }

function waitMs(iso: string): number {
  const period = parsePeriod(iso)
  return (period && fixedMs(period)) ?? 0
}

/** Of two ways, each text at the time of the one that sends it first. */
function earliest(a: number[], b: number[]): number[] {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a]
  return long.map((ms, k) => Math.min(ms, short[k] ?? ms))
}
