import { api, ask, Problem } from '../../shell/api.ts'
import { noticeSignOut, queries } from '../../shell/queries.ts'
import { sentenceOf } from '../../shell/states.tsx'
import { readCampaign } from '../document/read.ts'
import { compare, isSame } from '../versions/compare.ts'
import type { SavingEvent } from './autosave.ts'
import { type CampaignView, draftQuery } from './query.ts'
import type { Doc } from './store.ts'

/**
 * Sends a draft made from this version, and tells how that ended; what the server may take later counts as a lost
 * connection. `unanswered` were sent before and got no answer: the server may hold one of them all the same.
 */
export async function sendDraft(
  id: string,
  doc: Doc,
  version: number,
  unanswered: readonly Doc[],
): Promise<SavingEvent> {
  try {
    const view = await put(id, doc, version)
    queries.setQueryData(draftQuery(id).queryKey, view)
    return { kind: 'saved', doc, version: view.draftVersion, atMs: Date.now() }
  } catch (error) {
    const outcome = outcomeOf(error)
    // browsers may send again by themselves what got no answer
    return outcome.kind === 'stale' ? heldOf(id, [...unanswered, doc]) : outcome
  }
}

function outcomeOf(error: unknown): SavingEvent {
  if (!(error instanceof Problem)) throw error
  noticeSignOut(error)
  const { status } = error
  if (status === 412) return { kind: 'stale' }
  const isPassing = status === 0 || status >= 500 || status === 401 || status === 429
  return isPassing ? { kind: 'lost' } : { kind: 'refused', reason: sentenceOf(error) }
}

const put = (id: string, { name, campaign }: Doc, version: number): Promise<CampaignView> =>
  ask(
    api.campaigns[':id'].draft.$put({
      param: { id },
      header: { 'if-match': `"${version}"` },
      json: { name, draft: campaign },
    }),
  )

/** Which of these the server holds; a conflict when it is none of them. */
async function heldOf(id: string, docs: readonly Doc[]): Promise<SavingEvent> {
  try {
    const view = await queries.fetchQuery({ ...draftQuery(id), staleTime: 0, retry: false })
    const campaign = readCampaign(view.draft)
    const doc = campaign && docs.findLast((one) => one.name === view.name && isSame(compare(one.campaign, campaign)))
    return doc ? { kind: 'saved', doc, version: view.draftVersion, atMs: Date.now() } : { kind: 'stale' }
  } catch (error) {
    return outcomeOf(error)
  }
}
