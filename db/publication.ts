import { sql } from 'drizzle-orm'
import { rows, type Tx } from './client.ts'
import { titleOf } from './model/campaign.ts'
import { Campaign } from './model/campaign-schema.ts'
import { problemsToPublish, warningsIn } from './model/publication.ts'
import { type Problem, REFUSALS, Refused } from './model/refusal.ts'
import type { Status } from './model/status.ts'
import { wordFinding } from './model/status-map.ts'
import { listSegmentIds } from './segments.ts'
import { checkStatusMap } from './status-map.ts'
import { listStatuses } from './statuses.ts'
import { getWorkspace } from './workspaces.ts'

export interface Publication {
  draftVersion: number
  /** Errors keep the draft from being published; warnings do not. */
  problems: (Problem & { level: 'error' | 'warning'; step?: string })[]
  /** Who is inside now; they stay on the version they began with. `version` is the live one. */
  inside: { version: number | null; total: number; waiting: number; steps: InsideStep[] }
}
interface InsideStep {
  version: number
  step: string
  title: string
  waiting: number
  /** Also those who are held. */
  walking: number
  /** Whether the draft still has this step. */
  inDraft: boolean
}

const ORDERS_OFF: Problem = { field: 'orders', detail: REFUSALS.orders_disabled }

/** What publishing the draft would mean. @throws Refused unknown_campaign */
export async function getPublication(tx: Tx, id: string, nowMs: number): Promise<Publication> {
  const { name, draft, draftVersion, version } = await readDraft(tx, id)
  const { ordersEnabled } = await getWorkspace(tx)
  const drawn = problemsInDraft(draft, await listStatuses(tx), await listSegmentIds(tx))
  const errors = ordersEnabled ? drawn : [ORDERS_OFF, ...drawn]
  const parsed = Campaign.safeParse(draft)
  const warnings = parsed.success ? warningsIn(parsed.data) : []
  if (parsed.success && errors.length === 0)
    warnings.push(...(await warningsOfMap(tx, { id, name, document: parsed.data }, nowMs)))
  const ids = parsed.success ? parsed.data.steps.map((step) => step.id) : []
  const leveled = (level: 'error' | 'warning') => (problem: Problem) => {
    const step = ids[Number(/^steps\/(\d+)/.exec(problem.field)?.[1])]
    return { ...problem, level, ...(step !== undefined && { step }) }
  }
  const steps = await listInside(tx, id, ids)
  const sum = (key: 'waiting' | 'walking') => steps.reduce((n, step) => n + step[key], 0)
  return {
    draftVersion,
    problems: [...errors.map(leveled('error')), ...warnings.map(leveled('warning'))],
    inside: { version, total: sum('waiting') + sum('walking'), waiting: sum('waiting'), steps },
  }
}

/** What the draft would bring about together with the statuses and the other campaigns; told at its trigger. */
async function warningsOfMap(
  tx: Tx,
  campaign: { id: string; name: string; document: Campaign },
  nowMs: number,
): Promise<Problem[]> {
  const findings = await checkStatusMap(tx, { campaign }, nowMs)
  return findings.map((finding) => ({ field: 'steps/0/to', detail: wordFinding(finding) }))
}

async function readDraft(tx: Tx, id: string) {
  const [found] = await rows<{ name: string; draft: unknown; draftVersion: number; version: number | null }>(
    tx,
    sql`select k.name, k.draft, k.draft_version as "draftVersion", v.number as version from campaigns k
        left join campaign_versions v on v.campaign_id = k.id and v.live_until is null where k.id = ${id}`,
  )
  if (!found) throw new Refused('unknown_campaign')
  return found
}

async function listInside(tx: Tx, id: string, draftIds: readonly string[]): Promise<InsideStep[]> {
  type Found = Omit<InsideStep, 'title' | 'inDraft'> & { title: string | null; kind: string }
  const found = await rows<Found>(
    tx,
    sql`select v.number as version, e.node_id as step, s.step ->> 'title' as title, s.step ->> 'kind' as kind,
          e.waiting, e.walking
        from (select version_id, node_id, count(*) filter (where state = 'waiting')::int as waiting,
            count(*) filter (where state = 'walking')::int as walking
          from enrolments where campaign_id = ${id} and state <> 'ended' group by 1, 2) e
        join campaign_versions v on v.id = e.version_id
        cross join lateral jsonb_array_elements(v.document -> 'steps') with ordinality as s(step, n)
        where s.step ->> 'id' = e.node_id order by v.number desc, s.n`,
  )
  return found.map(({ title, kind, ...row }) => ({
    ...row,
    title: titleOf({ title: title ?? undefined, kind }),
    inDraft: draftIds.includes(row.step),
  }))
}

/** Everything that keeps a stored draft from being published, its form included. */
export function problemsInDraft(draft: unknown, statuses: readonly Status[], segments: readonly string[]): Problem[] {
  const parsed = Campaign.safeParse(draft)
  if (parsed.success) return problemsToPublish(parsed.data, statuses, segments)
  return parsed.error.issues.map((issue) => ({ field: issue.path.join('/'), detail: issue.message }))
}
