import { type SQL, sql } from 'drizzle-orm'
import { asIds, rows, type Tx } from './client.ts'
import { compileComparison, compileGroup, type MembersOf } from './filters.ts'
import { type Asked, compileMetrics } from './metrics.ts'
import { conditionsOf, FIELDS, segmentsIn } from './model/filter.ts'
import type { Filter } from './model/filter-schema.ts'
import { MEASURES } from './model/metric.ts'
import { isMetric, type SEGMENT_FIELDS } from './model/segment.ts'
import type { SegmentCondition, SegmentRule } from './model/segment-schema.ts'

/** A rule as the parts of one statement. */
export interface Compiled {
  /** Customers `c`, each once, with what is measured of them. */
  from: SQL
  /** Whether one is in; never null. */
  isIn: SQL
  /** Of one condition: what it looks at, and whether it is true. */
  leaf: (condition: SegmentCondition) => { measured: SQL; isTrue: SQL }
}

/** Values are parameters; fields, operators and measures come from the model's tables only. */
export function compileRule(rule: SegmentRule, asked: Asked): Compiled {
  const metrics = conditionsOf(rule).flatMap(({ condition }) => (isMetric(condition) ? [condition.metric] : []))
  const { joins, columnOf } = compileMetrics(metrics, asked)
  const leaf: Compiled['leaf'] = (condition) => {
    const [column, type] = isMetric(condition)
      ? [columnOf(condition.metric), MEASURES[condition.metric.measure].type]
      : [COLUMNS[condition.field as SegmentField], FIELDS[condition.field].type]
    return { measured: column, isTrue: compileComparison(column, type, condition, { nowMs: asked.nowMs }) }
  }
  return {
    from: sql`customers c${joins}`,
    isIn: sql`${asked.only ? sql`c.id in (${asked.only}) and ` : sql``}${compileGroup(rule, (c) => leaf(c).isTrue)}`,
    leaf,
  }
}

type SegmentField = (typeof SEGMENT_FIELDS)[number]
/** As a segment is of customers and not of orders, what one order says of its receiver does not count. */
const COLUMNS: Record<SegmentField, SQL> = {
  'customer.name': sql`nullif(c.name, '')`,
  'customer.phone': sql`c.phone`,
  'customer.email': sql`c.email`,
  'customer.country': sql`c.country`,
}

/**
 * Who of `only` is in each segment that a filter names, as the segments are at this moment. Nothing is asked where it
 * names none. @throws when one is gone, which `deleteSegment` keeps from happening while a campaign needs it
 */
export async function loadMembersOf(tx: Tx, filter: Filter, asked: Asked): Promise<MembersOf> {
  const ids = segmentsIn(filter)
  const found = ids.length === 0 ? [] : await listRules(tx, ids)
  return (id) => {
    const segment = found.find((s) => s.id === id)
    if (!segment) throw new Error(`there is no segment ${id}`)
    const { from, isIn } = compileRule(segment.rule, asked)
    return sql`select c.id from ${from} where ${isIn}`
  }
}

const listRules = (tx: Tx, ids: readonly string[]) =>
  rows<{ id: string; rule: SegmentRule }>(tx, sql`select id, rule from segments where id = any(${asIds(ids)})`)
