import { type SQL, sql } from 'drizzle-orm'
import { refuseUnknown } from './campaign-views.ts'
import { rows, type Tx } from './client.ts'
import type { Campaign } from './model/campaign-schema.ts'
import { type Counts, countSteps, type Tallies } from './model/counts.ts'
import { Refused } from './model/refusal.ts'

export interface CampaignCounts extends Counts {
  /** The version counted; null while none was published. */
  version: number | null
  entered: number
  ended: { finished: number; leftStatus: number }
  inside: number
  asOf: string
}

/** Where a walking member of cohort `h` stands. */
const WALKING = sql`case h.state when 'held' then 'held' when 'stuck' then 'stuck' else 'walking' end`

/** The live version of a campaign, or one by its number. */
const versionOf = (id: string, number: number | null): SQL =>
  sql`(select id, number, document from campaign_versions where campaign_id = ${id} and ${
    number === null ? sql`live_until is null` : sql`number = ${number}`
  })`

/**
 * Figures of every step and line of one version, the live one for null. One statement, so that they add up at every moment.
 * @throws Refused unknown_campaign, unknown_version
 */
export async function countCampaign(tx: Tx, id: string, number: number | null, nowMs: number): Promise<CampaignCounts> {
  type Row = Tallies & { version: number; document: Campaign; finished: number; leftStatus: number }
  const [row] = await rows<Row>(
    tx,
    sql`with v as materialized ${versionOf(id, number)},
        people as (
          select count(*)::int as entered, count(*) filter (where end_reason = 'finished')::int as finished,
            count(*) filter (where end_reason = 'left_status')::int as "leftStatus"
          from enrolments where campaign_id = ${id} and version_id = (select id from v)),
        standing as (
          select e.node_id as step, case when e.state = 'waiting' then 'waiting' else ${WALKING} end as how, count(*) as n
          from enrolments e join cohorts h on h.id = e.cohort_id
          where e.campaign_id = ${id} and e.version_id = (select id from v) and e.state <> 'ended' group by 1, 2),
        here as (
          select step, coalesce(sum(n) filter (where how = 'waiting'), 0)::int as waiting,
            coalesce(sum(n) filter (where how = 'walking'), 0)::int as walking,
            coalesce(sum(n) filter (where how = 'held'), 0)::int as held,
            coalesce(sum(n) filter (where how = 'stuck'), 0)::int as stuck
          from standing group by 1),
        passed as (
          select s.node_id as step, s.outcome, count(*)::int as count
          from enrolments e join enrolment_steps s on s.enrolment_id = e.id and s.outcome <> 'waits'
          where e.campaign_id = ${id} and e.version_id = (select id from v) group by 1, 2)
        select v.number as version, v.document, people.*,
          (select coalesce(jsonb_agg(to_jsonb(h)), '[]') from here h) as standing,
          (select coalesce(jsonb_agg(to_jsonb(p)), '[]') from passed p) as passed
        from v cross join people`,
  )
  const asOf = new Date(nowMs).toISOString()
  if (!row) return { ...(await nothing(tx, id, number)), asOf }
  const { version, document, entered, finished, leftStatus } = row
  const inside = entered - finished - leftStatus
  return { version, entered, ended: { finished, leftStatus }, inside, asOf, ...countSteps(document, row) }
}

/** Of a campaign that was not published yet. */
async function nothing(tx: Tx, id: string, number: number | null): Promise<Omit<CampaignCounts, 'asOf'>> {
  await refuseUnknown(tx, id)
  if (number !== null) throw new Refused('unknown_version')
  return { version: null, entered: 0, ended: { finished: 0, leftStatus: 0 }, inside: 0, steps: {}, lines: [] }
}

export interface StepCustomer {
  order: string
  name: string
  phone: string | null
  /** Since when they are at this step. */
  since: string
  /** When their wait ends; null for who does not wait. */
  until: string | null
  state: 'waiting' | 'walking' | 'held' | 'stuck'
}

/**
 * Who stands at a step of one version (the live one for null): who leaves first stands first, who does not wait last.
 * @throws Refused unknown_campaign, unknown_version, unknown_step
 */
export async function listStepCustomers(
  tx: Tx,
  id: string,
  at: { step: string; version: number | null; limit: number; offset: number },
): Promise<{ total: number; customers: StepCustomer[] }> {
  const [found] = await rows<{ versionId: string; known: boolean }>(
    tx,
    sql`select v.id as "versionId", v.document -> 'steps' @> jsonb_build_array(jsonb_build_object('id', ${at.step}::text)) as known
        from ${versionOf(id, at.version)} v`,
  )
  if (!found) await refuseUnknown(tx, id)
  if (!found) throw new Refused('unknown_version')
  if (!found.known) throw new Refused('unknown_step')
  const where = sql`e.campaign_id = ${id} and e.version_id = ${found.versionId} and e.node_id = ${at.step}`
  const customers = await rows<StepCustomer>(
    tx,
    sql`select o.number as "order", coalesce(o.contact_name, c.name, '') as name, o.contact_phone as phone,
          coalesce((select max(s.at) from enrolment_steps s where s.enrolment_id = e.id), e.entered_at) as since,
          e.due_at as until, case when e.state = 'waiting' then 'waiting' else ${WALKING} end as state
        from (select * from enrolments e where ${where} order by e.due_at nulls last, e.entered_at, e.id
          limit ${at.limit} offset ${at.offset}) e
        join cohorts h on h.id = e.cohort_id join orders o on o.id = e.order_id left join customers c on c.id = o.customer_id
        order by e.due_at nulls last, e.entered_at, e.id`,
  )
  const [count] = await rows<{ total: number }>(tx, sql`select count(*)::int as total from enrolments e where ${where}`)
  return { total: count!.total, customers }
}
