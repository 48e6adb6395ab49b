import { sql } from 'drizzle-orm'
import { asJson, ms, rows, type Tx } from './client.ts'
import { Campaign } from './model/campaign-schema.ts'
import { formatPeriod } from './model/period.ts'
import type { Axis } from './model/status.ts'
import {
  type GraphCampaign,
  type GraphStatus,
  type GraphWish,
  graphCampaign,
  type StatusGraph,
  withCampaign,
  withStatus,
} from './model/status-graph.ts'
import { type Finding, findingsIn, newFindings } from './model/status-map.ts'
import { TIMEOUT } from './status-timeouts.ts'

/** Something that is not saved yet: a status as an admin would have it, or a campaign's draft that may be published. */
export type MapChange = { status: GraphWish } | { campaign: { id: string; name: string; document: Campaign } }

/** The map of statuses as a page draws it, with what is wrong about it. */
export interface StatusMapView {
  findings: Finding[]
  nodes: (Pick<GraphStatus, 'type' | 'code' | 'name' | 'meaning' | 'isInitial' | 'isMapped' | 'autoSms'> & {
    /** Whether orders stand in it now. */
    hasOrders: boolean
  })[]
  /** A timeout each. */
  edges: { type: Axis; from: string; to: string; after: string }[]
  /** Those that are live, and how many texts a customer can get of one walk. */
  campaigns: (Pick<GraphCampaign, 'id' | 'name'> &
    Pick<GraphCampaign['trigger'], 'type' | 'from' | 'to'> & {
      texts: number
    })[]
}

export async function viewStatusMap(tx: Tx, nowMs: number): Promise<StatusMapView> {
  const stored = await readGraph(tx)
  const [graph] = await withHistory(tx, [stored], nowMs)
  return {
    findings: findingsIn(graph!, nowMs),
    nodes: stored.statuses.map(({ timeout: _, createdAtMs, entered, left, ...node }) => ({
      ...node,
      hasOrders: entered,
    })),
    edges: stored.statuses.flatMap(({ type, code, timeout }) =>
      timeout ? [{ type, from: code, to: timeout.to, after: formatPeriod(timeout.after) }] : [],
    ),
    campaigns: stored.campaigns.map(({ id, name, trigger: { type, from, to }, textTimesMs }) => ({
      ...{ id, name, type, from, to },
      texts: textTimesMs.length,
    })),
  }
}

/** What the change would bring that is not there now. Nothing is saved; what saving refuses is not asked. */
export async function checkStatusMap(tx: Tx, change: MapChange, nowMs: number): Promise<Finding[]> {
  const stored = await readGraph(tx)
  const wanted =
    'status' in change
      ? withStatus(stored, change.status, nowMs)
      : withCampaign(stored, graphCampaign(change.campaign, change.campaign.document))
  const [before, after] = await withHistory(tx, [stored, wanted], nowMs)
  return newFindings(findingsIn(after!, nowMs), findingsIn(before!, nowMs))
}

/** Of orders it knows where they stand; where they stood before is asked later, and only of few statuses. */
async function readGraph(tx: Tx): Promise<StatusGraph> {
  const statuses = await rows<GraphStatus>(
    tx,
    sql`select s.axis as type, s.code, s.name, s.meaning, s.is_initial as "isInitial",
          ${ms(sql`s.created_at`)} as "createdAtMs", false as "left",
          ${TIMEOUT} as timeout,
          exists (select from status_auto_sms a where a.status_id = s.id) as "autoSms",
          exists (select from integration_status_map m where m.status_id = s.id) as "isMapped",
          case s.axis
            when 'general' then exists (
              select from orders o where o.general_status_id = s.id and o.archived_at is null)
            when 'delivery' then exists (
              select from orders o where o.delivery_status_id = s.id and o.archived_at is null)
            else exists (select from orders o where o.payment_status_id = s.id and o.archived_at is null)
          end as entered
        from order_statuses s where deleted_at is null
        order by array_position(array['general', 'delivery', 'payment'], s.axis), s.position, s.created_at`,
  )
  return { statuses, campaigns: await readCampaigns(tx) }
}

async function readCampaigns(tx: Tx): Promise<GraphCampaign[]> {
  const found = await rows<{ id: string; name: string; document: unknown }>(
    tx,
    sql`select k.id, k.name, v.document from campaigns k
        join campaign_versions v on v.campaign_id = k.id and v.live_until is null
        where k.state = 'live' order by k.created_at, k.id`,
  )
  return found.flatMap((campaign) => {
    // one of another release may have steps that this one cannot read
    const document = Campaign.safeParse(campaign.document)
    return document.success ? [graphCampaign(campaign, document.data)] : []
  })
}

/**
 * The graphs with what the history of orders says of the statuses that would else be called dead or unreachable: no
 * index leads from a status to its changes, so it is asked of those alone.
 */
async function withHistory(tx: Tx, graphs: readonly StatusGraph[], nowMs: number): Promise<StatusGraph[]> {
  const suspects = graphs
    .flatMap((graph) => findingsIn(graph, nowMs))
    .filter(({ kind }) => kind === 'dead_end' || kind === 'unreachable')
    .flatMap(({ type, statuses }) => statuses.map((code) => ({ type, code })))
  if (suspects.length === 0) return [...graphs]
  const told = await rows<{ key: string; entered: boolean; left: boolean }>(
    tx,
    sql`select s.axis || ' ' || s.code as key,
          exists (select from order_status_changes c where c.to_status_id = s.id) as entered,
          exists (select from order_status_changes c where c.from_status_id = s.id and c.actor_kind <> 'timeout') as "left"
        from order_statuses s
        join (select distinct type, code from jsonb_to_recordset(${asJson(suspects)}) as w(type text, code text)) w
          on w.type = s.axis and w.code = s.code
        where s.deleted_at is null`,
  )
  const byKey = new Map(told.map((row) => [row.key, row]))
  return graphs.map((graph) => ({
    ...graph,
    statuses: graph.statuses.map((status) => {
      const past = byKey.get(`${status.type} ${status.code}`)
      return past ? { ...status, entered: status.entered || past.entered, left: past.left } : status
    }),
  }))
}
