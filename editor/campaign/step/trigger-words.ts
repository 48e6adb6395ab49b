import type { Side } from '../../../db/model/campaign-schema.ts'
import { type Axis, GROUP_ROWS } from '../../../db/model/status.ts'
import { m } from '../../texts/paraglide/messages.js'

/** What a status of the workspace, or a segment by its id, is called. */
export interface Named {
  type: Axis | 'segment'
  code: string
  name: string
}

/** More statuses of one side than this are counted, not named. */
const NAMES_MAX = 3

/** What starts a campaign: `Processing → Accepted`, `Delivery: any → Shipped`. */
export function triggerWords(
  { type, ...sides }: { type: Axis; from: Side; to: Side },
  statuses: readonly Named[],
): string {
  const to = sideWords(type, sides.to, statuses)
  const change =
    sides.from === 'any'
      ? m.campaigns_trigger_to({ to })
      : m.campaigns_trigger_change({ from: sideWords(type, sides.from, statuses), to })
  return type === 'general' ? change : TYPE_WORDS[type]({ change })
}

const TYPE_WORDS = { delivery: m.campaigns_trigger_delivery, payment: m.campaigns_trigger_payment }

/** A code that no status has any more stands for itself. */
function sideWords(type: Axis, side: Side, statuses: readonly Named[]): string {
  if (side === 'any') return m.campaigns_trigger_any()
  if ('group' in side) return m.campaigns_trigger_group({ group: GROUP_ROWS[side.group].name })
  if (side.statuses.length === 0) return m.campaigns_trigger_none()
  if (side.statuses.length > NAMES_MAX) return m.campaigns_trigger_many({ count: side.statuses.length })
  const names = side.statuses.map((code) => statuses.find((s) => s.type === type && s.code === code)?.name ?? code)
  return names.join(m.campaigns_trigger_or())
}
