import { type SQL, sql } from 'drizzle-orm'
import { asJson, asTime, rows, sqlState, type Tx } from './client.ts'
import { newId } from './ids.ts'
import { SEGMENTS_MAX } from './model/limits.ts'
import { nameKey } from './model/name.ts'
import { type Problem, Refused } from './model/refusal.ts'
import { type CountedStatus, problemsInSegment, problemsInStatuses } from './model/segment.ts'
import type { SegmentRule } from './model/segment-schema.ts'

export interface SegmentView {
  id: string
  name: string
  rule: SegmentRule
  /** Rises with every change. */
  version: number
  /** Statuses of the rule that may not be named any more; it goes on as it was. Source: S1-15. */
  problems: Problem[]
  createdAt: string
  updatedAt: string
}

/** All segments by name. Who is in one is asked of the store each time; nothing is kept. Source: S1-23. */
export const listSegments = (tx: Tx): Promise<SegmentView[]> => selectSegments(tx, sql`true`)

/** @throws Refused unknown_segment */
export async function getSegment(tx: Tx, id: string): Promise<SegmentView> {
  const [segment] = await selectSegments(tx, sql`id = ${id}`)
  if (!segment) throw new Refused('unknown_segment')
  return segment
}

async function selectSegments(tx: Tx, where: SQL): Promise<SegmentView[]> {
  const found = await rows<Omit<SegmentView, 'problems'>>(
    tx,
    sql`select id, name, rule, version, created_at as "createdAt", updated_at as "updatedAt" from segments
        where ${where} order by name_key`,
  )
  if (found.length === 0) return []
  const statuses = await listCounted(tx)
  return found.map((segment) => ({ ...segment, problems: problemsInStatuses(segment.rule, statuses, 'rule') }))
}

const listCounted = (tx: Tx, lock = sql``): Promise<CountedStatus[]> =>
  rows<CountedStatus>(
    tx,
    sql`select axis as type, code, name, include_in_analytics as "includeInAnalytics"
        from order_statuses where deleted_at is null ${lock}`,
  )

/** The ids of all segments; with `keep` none of them can be deleted before the transaction ends. */
export async function listSegmentIds(tx: Tx, { keep = false } = {}): Promise<string[]> {
  const found = await rows<{ id: string }>(tx, sql`select id from segments ${keep ? sql`for key share` : sql``}`)
  return found.map(({ id }) => id)
}

/** Answers the new segment's id. @throws Refused segment_invalid with every problem, segment_exists */
export async function addSegment(tx: Tx, wish: { name: string; rule: SegmentRule }, nowMs: number): Promise<string> {
  await refuseInvalid(tx, wish.rule)
  if ((await listSegmentIds(tx)).length >= SEGMENTS_MAX)
    throw new Refused('segment_invalid', [{ field: 'name', detail: `at most ${SEGMENTS_MAX} segments` }])
  const [made] = await rows<{ id: string }>(
    tx,
    sql`insert into segments (id, workspace_id, name, name_key, rule, created_at, updated_at)
        values (${newId(nowMs)}, tidings_workspace(), ${wish.name}, ${nameKey(wish.name)}, ${asJson(wish.rule)},
          ${asTime(nowMs)}, ${asTime(nowMs)})
        on conflict do nothing returning id`,
  )
  if (!made) throw taken()
  return made.id
}

const taken = () => new Refused('segment_exists', [{ field: 'name', detail: 'choose another name' }])

/** Status flags are looked at when a rule is saved, and kept from being deleted meanwhile. Source: S1-14, S1-15. */
async function refuseInvalid(tx: Tx, rule: SegmentRule): Promise<void> {
  const statuses = await listCounted(tx, sql`for key share`)
  const problems = [...problemsInSegment(rule, 'rule'), ...problemsInStatuses(rule, statuses, 'rule')]
  if (problems.length > 0) throw new Refused('segment_invalid', problems)
}

/**
 * Changes the version that was opened; what is missing stays. Campaigns that use it go by the new rule from their next
 * step on. @throws Refused segment_stale, segment_invalid, segment_exists, unknown_segment
 */
export async function changeSegment(
  tx: Tx,
  id: string,
  wish: { name?: string | undefined; rule?: SegmentRule | undefined; version: number },
  nowMs: number,
): Promise<void> {
  const { name, rule, version } = wish
  if (rule) await refuseInvalid(tx, rule)
  const change = rows(
    tx,
    sql`update segments set name = coalesce(${name ?? null}, name),
          name_key = coalesce(${name === undefined ? null : nameKey(name)}, name_key),
          rule = coalesce(${rule ? asJson(rule) : null}, rule), version = version + 1, updated_at = ${asTime(nowMs)}
        where id = ${id} and version = ${version} returning id`,
  )
  const changed = await change.catch((error) => {
    throw sqlState(error) === '23505' ? taken() : error
  })
  if (changed.length > 0) return
  await getSegment(tx, id)
  throw new Refused('segment_stale')
}

/** Deletes a segment that no campaign needs: none that is live or paused, and none with customers inside who go by an
 *  older version. @throws Refused segment_in_use with their names, unknown_segment */
export async function deleteSegment(tx: Tx, id: string): Promise<void> {
  // campaigns that are being published wait, or are waited for
  const found = await rows(tx, sql`select from segments where id = ${id} for update`)
  if (found.length === 0) throw new Refused('unknown_segment')
  const uses = await rows<{ name: string }>(
    tx,
    sql`select distinct k.name from campaign_versions v join campaigns k on k.id = v.campaign_id
        where jsonb_path_exists(v.document, '$.steps[*].where.** ? (@.field == "customer.segment" && @.value == $id)',
            jsonb_build_object('id', ${id}::text))
          and (v.live_until is null
            or exists (select from enrolments e where e.version_id = v.id and e.state <> 'ended'))
        order by k.name`,
  )
  if (uses.length > 0)
    throw new Refused(
      'segment_in_use',
      uses.map(({ name }) => ({ field: 'id', detail: `the campaign ${name} uses it` })),
    )
  await tx.execute(sql`delete from segments where id = ${id}`)
}
