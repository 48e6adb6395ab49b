import fc from 'fast-check'
import type { Side } from '../../../db/model/campaign-schema.ts'
import { type Period, parsePeriod } from '../../../db/model/period.ts'
import { type Axis, MEANINGS } from '../../../db/model/status.ts'
import type { GraphCampaign, GraphStatus, StatusGraph } from '../../../db/model/status-graph.ts'

const period = (iso: string): Period => parsePeriod(iso)!

/** A status that has been there for long and had orders; what matters is said. */
export const status = (
  code: string,
  more: Partial<Omit<GraphStatus, 'timeout'>> = {},
  timeout?: string,
): GraphStatus => {
  const [after, to] = timeout?.split(' ') ?? []
  return {
    type: 'general',
    code,
    name: code.toUpperCase(),
    meaning: 'cancelled',
    isInitial: false,
    timeout: after && to ? { after: period(after), to } : null,
    autoSms: false,
    isMapped: false,
    createdAtMs: 0,
    entered: true,
    left: true,
    ...more,
  }
}

/** A live campaign by its trigger, `a>b`, a star for any, and how many texts it sends at once. */
export function campaign(id: string, change: string, texts: number, more: Partial<GraphCampaign['trigger']> = {}) {
  const [from, to] = change.split('>').map((side): Side => (side === '*' ? 'any' : { statuses: [...side!] }))
  return {
    id,
    name: `Campaign ${id}`,
    trigger: {
      ...{ type: 'general' as Axis, from: from!, to: to! },
      includingCreation: false,
      leaveWhenStatusChanges: true,
      ...more,
    },
    textTimesMs: Array<number>(texts).fill(0),
  } satisfies GraphCampaign
}

const CODES = [...'abcdefghijklmnop']
const PERIODS = ['PT1S', 'PT30M', 'PT23H', 'P1D', 'PT48H', 'P2W', 'P1M']

const anySide = (axis: Axis): fc.Arbitrary<Side> =>
  fc.oneof(
    fc.constant<Side>('any'),
    fc.record({ statuses: fc.subarray(CODES, { maxLength: 4 }) }),
    ...(axis === 'general' ? [fc.record({ group: fc.constantFrom(...MEANINGS.general) })] : []),
  )

const anyStatus = (axis: Axis, code: string): fc.Arbitrary<GraphStatus> =>
  fc.record({
    type: fc.constant(axis),
    code: fc.constant(code),
    name: fc.constant(code),
    meaning: fc.constantFrom(...MEANINGS[axis]),
    isInitial: fc.constant(code === 'a'),
    timeout: fc.option(
      fc.record({
        after: fc
          .oneof({ weight: 6, arbitrary: fc.constant('PT1H') }, { weight: 1, arbitrary: fc.constantFrom(...PERIODS) })
          .map(period),
        // mostly the next one, so that there are chains longer than a guard lets pass
        to: fc.oneof(
          { weight: 20, arbitrary: fc.constant(CODES[CODES.indexOf(code) + 1] ?? 'none') },
          { weight: 1, arbitrary: fc.constantFrom(...CODES.filter((other) => other !== code)) },
        ),
      }),
      { freq: 12 },
    ),
    autoSms: fc.boolean(),
    isMapped: fc.boolean(),
    createdAtMs: fc.constantFrom(0, Date.parse('2026-03-01')),
    entered: fc.boolean(),
    left: fc.boolean(),
  })

const anyCampaign = (axis: Axis): fc.Arbitrary<GraphCampaign> =>
  fc.record({
    id: fc.uuid(),
    name: fc.constant('Campaign'),
    trigger: fc.record({
      type: fc.constant(axis),
      from: anySide(axis),
      to: anySide(axis),
      includingCreation: fc.boolean(),
      leaveWhenStatusChanges: fc.boolean(),
    }),
    textTimesMs: fc
      .array(fc.constantFrom(0, 60_000, 3_600_000, 86_400_000, 90 * 86_400_000), { maxLength: 4 })
      .map((times) => times.sort((a, b) => a - b)),
  })

/** Some of sixteen statuses of a type with any timeouts, circles too, and any campaigns. */
export const anyGraph: fc.Arbitrary<StatusGraph> = fc.constantFrom<Axis>('general', 'payment').chain((axis) =>
  fc.record({
    statuses: fc
      .tuple(...CODES.map((code) => anyStatus(axis, code)))
      .chain((all) => fc.oneof(fc.constant(all), fc.subarray(all))),
    campaigns: fc.array(anyCampaign(axis), { maxLength: 5 }),
  }),
)
