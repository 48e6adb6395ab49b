import type { Campaign, Side, StepOf } from './campaign-schema.ts'
import type { Period } from './period.ts'
import { type Axis, MEANINGS, type Meaning } from './status.ts'
import { textTimes } from './text-times.ts'

/** A status with everything that leads to it, and what it does by itself. */
export interface GraphStatus {
  type: Axis
  code: string
  name: string
  meaning: Meaning
  isInitial: boolean
  timeout: { after: Period; to: string } | null
  autoSms: boolean
  /** Whether the words of a connected shop lead to it. */
  isMapped: boolean
  createdAtMs: number
  /** Whether an order stands or ever stood in it. */
  entered: boolean
  /** Whether anything but a timeout ever moved an order out of it. */
  left: boolean
}

/** A campaign that reacts now: to what, and when the texts of one walk go out at the earliest. */
export interface GraphCampaign {
  id: string
  name: string
  trigger: Pick<StepOf<'order_status_changed'>, 'type' | 'from' | 'to' | 'includingCreation' | 'leaveWhenStatusChanges'>
  textTimesMs: readonly number[]
}

/** Statuses by type and position, with the campaigns that are live. */
export interface StatusGraph {
  statuses: readonly GraphStatus[]
  campaigns: readonly GraphCampaign[]
}

/** What an admin would save of a status; what is missing stays as it is. */
export interface GraphWish {
  type: Axis
  code: string
  name?: string | undefined
  group?: Meaning | undefined
  kind?: Meaning | undefined
  timeout?: { after: Period; to: string } | null | undefined
  autoSms?: object | null | undefined
}

/** The graph as it would be with the wish saved; a status that is not there yet stands behind the others. */
export function withStatus(graph: StatusGraph, wish: GraphWish, nowMs: number): StatusGraph {
  const isWished = ({ type, code }: GraphStatus) => type === wish.type && code === wish.code
  const before = graph.statuses.find(isWished) ?? newStatus(wish, nowMs)
  const status: GraphStatus = {
    ...before,
    name: wish.name ?? before.name,
    meaning: wish.group ?? wish.kind ?? before.meaning,
    timeout: wish.timeout === undefined ? before.timeout : wish.timeout,
    autoSms: wish.autoSms === undefined ? before.autoSms : wish.autoSms !== null,
  }
  const isNew = !graph.statuses.some(isWished)
  const statuses = isNew ? [...graph.statuses, status] : graph.statuses.map((s) => (isWished(s) ? status : s))
  return { ...graph, statuses }
}

const newStatus = ({ type, code }: GraphWish, nowMs: number): GraphStatus => ({
  type,
  code,
  name: code,
  meaning: MEANINGS[type][0],
  isInitial: false,
  timeout: null,
  autoSms: false,
  isMapped: false,
  createdAtMs: nowMs,
  entered: false,
  left: false,
})

/** The graph as it would be with this campaign live in place of its version of now. */
export const withCampaign = (graph: StatusGraph, campaign: GraphCampaign): StatusGraph => ({
  ...graph,
  campaigns: [...graph.campaigns.filter(({ id }) => id !== campaign.id), campaign],
})

/** What the check needs of a campaign's document. Only asked of one that may be published. */
export function graphCampaign({ id, name }: { id: string; name: string }, document: Campaign): GraphCampaign {
  return { id, name, trigger: document.steps[0] as GraphCampaign['trigger'], textTimesMs: textTimes(document) }
}

/** Whether a change starts the campaign; `from` is null for an order that is created there. Source: S1-19, C9. */
export function startsBy({ trigger }: GraphCampaign, from: GraphStatus | null, to: GraphStatus): boolean {
  if (trigger.type !== to.type || !isOn(trigger.to, to)) return false
  return from ? isOn(trigger.from, from) : trigger.includingCreation && trigger.from === 'any'
}

function isOn(side: Side, { code, meaning }: GraphStatus): boolean {
  if (side === 'any') return true
  return 'group' in side ? side.group === meaning : side.statuses.includes(code)
}
