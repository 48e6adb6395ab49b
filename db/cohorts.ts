import { type SQL, sql } from 'drizzle-orm'
import { asIds, asTime, rows, type Tx } from './client.ts'

/** A step that failed for a cohort. */
export interface FailedStep {
  nodeId: string
  error: string
  /** The id of the cohort that is cut off; asked for again with the same one, it is cut off once. */
  cutOffId: string
}

/**
 * Cuts a cohort in two at a step that cannot be taken: half of the members who stand there go on as a cohort of their
 * own. A cohort of one is put aside with the error. So one bad member does not hold up the others.
 * Answers whether somebody is left to go on in this cohort.
 */
export async function halveCohort(
  tx: Tx,
  cohortId: string,
  { nodeId, error, cutOffId }: FailedStep,
  nowMs: number,
): Promise<{ goesOn: boolean }> {
  const [cohort] = await rows<{ cut: boolean }>(
    tx,
    sql`select exists (select from cohorts where id = ${cutOffId}) as cut
        from cohorts where id = ${cohortId} and state = 'walking' for update`,
  )
  if (!cohort) return { goesOn: false }
  const standing = await rows<{ id: string; nodeId: string }>(
    tx,
    sql`select id, node_id as "nodeId" from enrolments where cohort_id = ${cohortId} and state = 'walking' order by id`,
  )
  const here = standing.filter((member) => member.nodeId === nodeId)
  if (cohort.cut || here.length === 0) return { goesOn: true }
  if (standing.length === 1) {
    await tx.execute(sql`update cohorts set state = 'stuck', error = ${error.slice(0, 500)} where id = ${cohortId}`)
    return { goesOn: false }
  }
  const half = here.slice(Math.floor(here.length / 2)).map((member) => member.id)
  await cutOff(tx, cohortId, cutOffId, half, nowMs)
  return { goesOn: true }
}

/** Makes these members of a cohort a cohort of their own, which the relay starts. */
async function cutOff(tx: Tx, fromId: string, id: string, memberIds: readonly string[], nowMs: number): Promise<void> {
  await tx.execute(sql`
    insert into cohorts (id, workspace_id, campaign_id, version_id, origin_id, state, created_at, progress_at)
    select ${id}, workspace_id, campaign_id, version_id, origin_id, 'walking', ${asTime(nowMs)}, ${asTime(nowMs)}
    from cohorts where id = ${fromId}`)
  await tx.execute(sql`update enrolments set cohort_id = ${id} where id = any(${asIds(memberIds)})`)
  await tx.execute(tellToGo(sql`cohorts where id = ${id}`, nowMs))
}

/** The statement that has the relay start these cohorts; `cohorts` is what comes after its `from`. */
export const tellToGo = (cohorts: SQL, nowMs: number): SQL => sql`
  insert into outbox (workspace_id, topic, subject_id, created_at)
  select workspace_id, 'cohort.go', id, ${asTime(nowMs)} from ${cohorts} returning subject_id as id`
