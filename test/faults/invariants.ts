import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type postgres from 'postgres'
import type { Rig } from './rig.ts'

/** A rule that does not hold, how often, and one case of it. */
export interface Violation {
  invariant: string
  count: number
  example: string
}

/** Each finds the rows that break its rule, by joins: the ledger keeps no index for it, and a run leaves it large. */
const RULES: Record<string, (sql: postgres.Sql) => Promise<object[]>> = {
  'a moved event has its one change': (sql) => sql`
    select r.event_id from received_events r, jsonb_array_elements(r.outcomes) o
    left join order_status_changes c on c.id = (o ->> 'changeId')::uuid
    where o ->> 'outcome' = 'moved' and c.id is null`,
  'a history has no gap': (sql) => sql`
    select order_id, axis, seq from (
      select order_id, axis, seq, from_status_id, row_number() over w as n, lag(to_status_id) over w as former
      from order_status_changes window w as (partition by order_id, axis order by seq)) h
    where seq <> n or from_status_id is distinct from former`,
  'an order stands where its history ends': (sql) => sql`
    select o.number from orders o join lateral (
      select to_status_id, seq from order_status_changes c where c.order_id = o.id and axis = 'general'
      order by seq desc limit 1) c on true
    where (o.general_status_id, o.general_seq) is distinct from (c.to_status_id, c.seq)`,
  'a change that starts a campaign enrols once': (sql) => sql`
    select c.id from order_status_changes c join order_statuses f on f.id = c.from_status_id
    join order_statuses t on t.id = c.to_status_id
    join campaigns k on k.workspace_id = c.workspace_id and k.name = 'Under trial'
    join campaign_versions v on v.campaign_id = k.id
      and c.recorded_at >= v.live_from and (v.live_until is null or c.recorded_at < v.live_until)
    left join enrolments e on e.change_id = c.id and e.campaign_id = k.id
    where f.code = 'processing' and t.code = 'accepted' and c.axis = 'general' and e.id is null`,
  'nobody is enrolled without such a change': (sql) => sql`
    select e.id from enrolments e join campaigns k on k.id = e.campaign_id and k.name = 'Under trial'
    join order_status_changes c on c.id = e.change_id join order_statuses t on t.id = c.to_status_id where t.code <> 'accepted'`,
  'an enrolment has ended, or waits in a live place': (sql) => sql`
    select e.id, e.state from enrolments e left join places p on p.id = e.place_id
    where e.state = 'walking' or (e.state = 'waiting' and (p.closed_at is not null or e.due_at < now() - interval '10 seconds'))`,
  'what the journal says was queued is in the ledger': (sql) => sql`
    select s.enrolment_id from enrolment_steps s
    left join sms_messages m on m.enrolment_id = s.enrolment_id and m.node_id = s.node_id
    where s.outcome in ('queued', 'suppressed') and m.id is null`,
  'what a campaign wrote to the ledger is in its journal': (sql) => sql`
    select m.id from sms_messages m left join enrolment_steps s
      on s.enrolment_id = m.enrolment_id and s.node_id = m.node_id and s.outcome in ('queued', 'suppressed')
    where m.enrolment_id is not null and s.enrolment_id is null`,
  'who finished the campaign has one text': (sql) => sql`
    select e.id from enrolments e join campaigns k on k.id = e.campaign_id and k.name = 'Under trial'
    left join sms_messages m on m.enrolment_id = e.id where e.end_reason = 'finished'
    group by e.id having count(m.id) <> 1`,
  'each coming to Sent has its one auto-SMS': (sql) => sql`
    select c.id from order_status_changes c join order_statuses t on t.id = c.to_status_id
    left join sms_messages m on m.change_id = c.id and m.status_id = t.id
    where t.code = 'sent' and c.source = 'faults' group by c.id having count(m.id) <> 1`,
  'an order whose minute is over has moved on': (sql) => sql`
    select o.number from orders o join order_statuses s on s.id = o.general_status_id
    join status_timeouts t on t.status_id = s.id
    where s.code = 'call-back' and o.general_due_from < now() - interval '2 minutes 20 seconds'`,
  'nothing has failed or is stuck': (sql) => sql`
    select id::text, error from batches where failed_at is not null
    union all select id::text, error from cohorts where state = 'stuck'`,
}

export async function checkInvariants(rig: Rig): Promise<Violation[]> {
  const found = await Promise.all(
    Object.entries(RULES).map(async ([invariant, find]) => violation(invariant, await rig.ask(find))),
  )
  return [...found, await everyEventIsKnown(rig), ...(await ledgerAgreesWithGateway(rig))].filter((v) => v !== null)
}

function violation(invariant: string, cases: readonly unknown[]): Violation | null {
  return cases.length === 0 ? null : { invariant, count: cases.length, example: JSON.stringify(cases[0]) }
}

async function everyEventIsKnown(rig: Rig): Promise<Violation | null> {
  const known = await rig.ask(
    (sql) =>
      sql<
        { id: string }[]
      >`select event_id as id from received_events where source = 'faults' and outcomes is not null`,
  )
  const ids = new Set(known.map((event) => event.id))
  return violation(
    'an acknowledged event is in the store',
    [...rig.acknowledged].filter((id) => !ids.has(id)),
  )
}

/** The gateway's log is the truth about what was handed over. */
async function ledgerAgreesWithGateway(rig: Rig): Promise<(Violation | null)[]> {
  const accepted = new Map<string, number>()
  for (const line of readFileSync(join(rig.product.home, 'sandbox-gateway.log'), 'utf8').split('\n').filter(Boolean)) {
    const { id } = JSON.parse(line) as { id: string }
    accepted.set(id, (accepted.get(id) ?? 0) + 1)
  }
  const ledger = await rig.ask((sql) => sql<{ id: string; state: string }[]>`select id, state from sms_messages`)
  const known = new Set(ledger.map(({ id }) => id))
  const inStates = (...states: string[]) => ledger.filter(({ state }) => states.includes(state))
  const unknown = inStates('unknown')
  return [
    violation(
      'a text is accepted at most once',
      [...accepted].filter(([, times]) => times > 1),
    ),
    violation(
      'what the gateway accepted is in the ledger',
      [...accepted.keys()].filter((id) => !known.has(id)),
    ),
    violation(
      'what is sent or delivered was accepted',
      inStates('sent', 'delivered', 'undelivered').filter(({ id }) => !accepted.has(id)),
    ),
    violation(
      'what was accepted has its receipt',
      ledger.filter(({ id, state }) => accepted.has(id) && !['delivered', 'undelivered'].includes(state)),
    ),
    violation('a text is unknown only where something was struck', unknown.slice(20 * rig.losses)),
  ]
}
