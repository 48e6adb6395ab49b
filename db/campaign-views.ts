import { type SQL, sql } from 'drizzle-orm'
import { rows, type Tx } from './client.ts'
import type { Side, StepOf } from './model/campaign-schema.ts'
import { Refused } from './model/refusal.ts'
import type { Axis } from './model/status.ts'
import { problemsInDraft } from './publication.ts'
import { listSegmentIds } from './segments.ts'
import { listStatuses } from './statuses.ts'

export interface CampaignView {
  id: string
  name: string
  state: 'draft' | 'live' | 'paused'
  draft: unknown
  /** Rises with every save. */
  draftVersion: number
  /** Whether the draft differs from the live version; true before the first. */
  hasChanges: boolean
  /** How many things keep the draft from being published. */
  problems: number
  /** What starts it: of the live version, else of the draft; null while there is no trigger. */
  trigger: { type: Axis; from: Side; to: Side } | null
  /** The number of the live version; null before the first. */
  version: number | null
  /** Customers by where they are; `held` walk on when the campaign is resumed. */
  entered: number
  waiting: number
  held: number
  ended: number
  texts: TextCounts
  updatedAt: string
}

/** Texts by how far they came: `queued` are still with us, `sent` are with the gateway, `failed` never reached a phone. */
interface TextCounts {
  queued: number
  sent: number
  delivered: number
  failed: number
  suppressed: number
}

export async function listCampaigns(tx: Tx): Promise<CampaignView[]> {
  return selectCampaigns(tx, null)
}

/** @throws Refused unknown_campaign */
export async function getCampaign(tx: Tx, id: string): Promise<CampaignView> {
  const [campaign] = await selectCampaigns(tx, id)
  if (!campaign) throw new Refused('unknown_campaign')
  return campaign
}

type Row = Omit<CampaignView, 'problems' | 'trigger'> & { first: unknown }

async function selectCampaigns(tx: Tx, id: string | null): Promise<CampaignView[]> {
  const found = await rows<Row>(tx, campaignRows(id))
  const statuses = await listStatuses(tx)
  const segments = await listSegmentIds(tx)
  return found.map(({ first, ...campaign }) => ({
    ...campaign,
    problems: problemsInDraft(campaign.draft, statuses, segments).length,
    trigger: triggerOf(first),
  }))
}

/** Of one campaign, or of all: people and texts are counted once each and joined to campaigns then. */
function campaignRows(id: string | null): SQL {
  const of = (column: SQL) => (id === null ? sql`true` : sql`${column} = ${id}`)
  return sql`
    with people as (
      select e.campaign_id, count(*)::int as entered, count(*) filter (where e.state = 'waiting')::int as waiting,
        count(*) filter (where e.state = 'ended')::int as ended
      from enrolments e where ${of(sql`e.campaign_id`)} group by 1),
    held as (
      select h.campaign_id, count(*)::int as held
      from cohorts h join enrolments e on e.cohort_id = h.id and e.state = 'walking'
      where h.state = 'held' and ${of(sql`h.campaign_id`)} group by 1),
    texts as (
      select e.campaign_id, count(*) filter (where m.state in ('queued', 'claimed', 'handing'))::int as queued,
        count(*) filter (where m.state in ('sent', 'unknown'))::int as sent,
        count(*) filter (where m.state = 'delivered')::int as delivered,
        count(*) filter (where m.state in ('undelivered', 'failed'))::int as failed,
        count(*) filter (where m.state = 'suppressed')::int as suppressed
      from sms_messages m join enrolments e on e.id = m.enrolment_id where ${of(sql`e.campaign_id`)} group by 1)
    select k.id, k.name, k.state, k.draft, k.draft_version as "draftVersion", k.updated_at as "updatedAt",
      v.number as version, v.document is distinct from k.draft as "hasChanges",
      coalesce(v.document, k.draft) -> 'steps' -> 0 as first,
      coalesce(p.entered, 0) as entered, coalesce(p.waiting, 0) as waiting, coalesce(h.held, 0) as held,
      coalesce(p.ended, 0) as ended,
      jsonb_build_object('queued', coalesce(t.queued, 0), 'sent', coalesce(t.sent, 0),
        'delivered', coalesce(t.delivered, 0), 'failed', coalesce(t.failed, 0),
        'suppressed', coalesce(t.suppressed, 0)) as texts
    from campaigns k
    left join campaign_versions v on v.campaign_id = k.id and v.live_until is null
    left join people p on p.campaign_id = k.id left join held h on h.campaign_id = k.id
    left join texts t on t.campaign_id = k.id
    where ${of(sql`k.id`)} order by k.created_at, k.id`
}

/** A draft of another release may lack parts. */
function triggerOf(first: unknown): CampaignView['trigger'] {
  const step = first as Partial<StepOf<'order_status_changed'>> | null
  if (step?.kind !== 'order_status_changed' || !step.type || !step.from || !step.to) return null
  return { type: step.type, from: step.from, to: step.to }
}

/** @throws Refused unknown_campaign */
export async function refuseUnknown(tx: Tx, id: string): Promise<void> {
  const found = await rows(tx, sql`select from campaigns where id = ${id}`)
  if (found.length === 0) throw new Refused('unknown_campaign')
}
