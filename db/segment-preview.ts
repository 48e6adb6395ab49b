import { sql } from 'drizzle-orm'
import { iso, ONCE, rows, type Tx } from './client.ts'
import { type FoundCustomer, getCustomer } from './customer-views.ts'
import { conditionsOf } from './model/filter.ts'
import { SAMPLES_MAX } from './model/limits.ts'
import { MEASURES } from './model/metric.ts'
import { Refused } from './model/refusal.ts'
import { isMetric, problemsInSegment } from './model/segment.ts'
import type { SegmentCondition, SegmentRule } from './model/segment-schema.ts'
import { type Compiled, compileRule } from './segment-members.ts'

export interface Preview {
  count: number
  /** The newest of them. */
  samples: FoundCustomer[]
}

/** Who is in by this rule at this moment, saved or not; one statement. @throws Refused segment_invalid */
export async function previewSegment(tx: Tx, rule: SegmentRule, nowMs: number): Promise<Preview> {
  refuseInvalid(rule)
  const { from, isIn } = compileRule(rule, { nowMs })
  const [preview] = await rows<Preview>(
    tx,
    sql`${ONCE} with members as materialized (select c.id from ${from} where ${isIn})
        select (select count(*)::int from members) as count,
          (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'phone', c.phone, 'email', c.email)
              order by c.id desc), '[]')
            from customers c where c.id in (select id from members order by id desc limit ${SAMPLES_MAX})) as samples`,
  )
  return preview!
}

// what is stored may name statuses that lost their flag, and is asked all the same
function refuseInvalid(rule: SegmentRule): void {
  const problems = problemsInSegment(rule, 'rule')
  if (problems.length > 0) throw new Refused('segment_invalid', problems)
}

export interface Explanation {
  customer: FoundCustomer
  isIn: boolean
  /** Each condition by its path: what was measured, null where there is nothing, and whether the condition is true of it. */
  conditions: { path: string; measured: string | number | null; isTrue: boolean }[]
}

/** Why somebody, known by id or phone, is in or out by this rule. @throws Refused segment_invalid, unknown_customer */
export async function explainMember(tx: Tx, rule: SegmentRule, who: string, nowMs: number): Promise<Explanation> {
  refuseInvalid(rule)
  const customer = await getCustomer(tx, who)
  const compiled = compileRule(rule, { nowMs, only: sql`select ${customer.id}::uuid` })
  const leaves = conditionsOf(rule)
  const facts = leaves.map(({ condition }) => factOf(condition, compiled))
  const [found] = await rows<{ isIn: boolean; facts: Omit<Explanation['conditions'][number], 'path'>[] }>(
    tx,
    sql`${ONCE} select ${compiled.isIn} as "isIn", jsonb_build_array(${sql.join(facts, sql`, `)}) as facts
        from ${compiled.from} where c.id = ${customer.id}`,
  )
  return {
    customer,
    isIn: found!.isIn,
    conditions: leaves.map(({ path }, i) => ({ path, ...found!.facts[i]! })),
  }
}

function factOf(condition: SegmentCondition, { leaf }: Compiled) {
  const { measured, isTrue } = leaf(condition)
  const isTime = isMetric(condition) && MEASURES[condition.metric.measure].type === 'time'
  const isSum = isMetric(condition) && condition.metric.measure === 'sum'
  const told = isTime ? iso(measured) : isSum ? sql`${measured}::text` : measured
  return sql`jsonb_build_object('measured', ${told}, 'isTrue', ${isTrue})`
}
