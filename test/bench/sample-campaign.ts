import type { Campaign, Step } from '../../db/model/campaign-schema.ts'

const KINDS = ['wait', 'send_sms', 'wait', 'filter_customers'] as const
/** Lanes go on splitting until there are so many. */
const LANES_MAX = 24

/** A campaign of `size` steps that looks like one people draw: a trunk that splits into lanes, each of them a chain. */
export function sampleCampaign(size: number): Campaign {
  const steps: Step[] = [
    {
      id: 'start',
      kind: 'order_status_changed',
      type: 'general',
      from: { statuses: ['processing'] },
      to: { statuses: ['accepted'] },
      includingCreation: false,
      leaveWhenStatusChanges: true,
      next: { out: null },
    },
  ]
  let ends: { step: Step; output: string }[] = [{ step: steps[0]!, output: 'out' }]
  for (let n = 1; n < size; n++) {
    const end = ends.shift()!
    const step = stepOf(n, ends.length + 1 < LANES_MAX)
    Object.assign(end.step.next, { [end.output]: step.id })
    steps.push(step)
    ends = [...ends, ...Object.keys(step.next).map((output) => ({ step, output }))]
  }
  return { steps }
}

function stepOf(n: number, maySplit: boolean): Step {
  const kind = KINDS[n % KINDS.length]!
  const id = `s${n}`
  if (kind === 'filter_customers' && maySplit) {
    const rules = [{ field: 'order.total' as const, operator: 'atLeast' as const, value: n }]
    return { id, kind, where: { combinator: 'and', rules }, next: { yes: null, no: null } }
  }
  if (kind === 'wait') return { id, kind, for: `PT${(n % 47) + 1}H`, next: { out: null } }
  const message = `{{ customer.first_name }}, order {{ order.number }} is on its way (${n})`
  return { id, kind: 'send_sms', message, next: { out: null } }
}
