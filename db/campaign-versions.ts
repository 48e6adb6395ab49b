import { type SQL, sql } from 'drizzle-orm'
import { actorName } from './actors.ts'
import { refuseUnknown } from './campaign-views.ts'
import { rows, type Tx } from './client.ts'
import { Refused } from './model/refusal.ts'

export interface VersionView {
  number: number
  publishedAt: string
  /** The name of the key that published it; null when it is not known. */
  publishedBy: string | null
  /** Null while it is live. */
  liveUntil: string | null
  entered: number
  inside: number
}

const versionRows = (id: string, more: SQL, where: SQL) => sql`
  select v.number, v.live_from as "publishedAt", ${actorName(sql`'key'`, sql`v.published_by`)} as "publishedBy",
    v.live_until as "liveUntil", coalesce(e.entered, 0) as entered, coalesce(e.inside, 0) as inside${more}
  from campaign_versions v
  left join (select version_id, count(*)::int as entered, count(*) filter (where state <> 'ended')::int as inside
    from enrolments where campaign_id = ${id} group by 1) e on e.version_id = v.id
  where v.campaign_id = ${id} ${where} order by v.number desc`

/** All versions, the newest first. @throws Refused unknown_campaign */
export async function listVersions(tx: Tx, id: string): Promise<VersionView[]> {
  await refuseUnknown(tx, id)
  return rows<VersionView>(tx, versionRows(id, sql``, sql``))
}

/** One version with what was published. @throws Refused unknown_campaign, unknown_version */
export async function getVersion(tx: Tx, id: string, number: number): Promise<VersionView & { document: unknown }> {
  await refuseUnknown(tx, id)
  const [version] = await rows<VersionView & { document: unknown }>(
    tx,
    versionRows(id, sql`, v.document`, sql`and v.number = ${number}`),
  )
  if (!version) throw new Refused('unknown_version')
  return version
}
