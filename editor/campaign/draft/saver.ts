import { createStore } from 'zustand/vanilla'
import { api, ask, Problem } from '../../shell/api.ts'
import { queries } from '../../shell/queries.ts'
import { sentenceOf } from '../../shell/states.tsx'
import {
  type Base,
  next,
  opened,
  RETRY_AFTER_MS,
  SAVE_AFTER_MS,
  type Saving,
  type SavingEvent,
  sent,
  unsaved,
} from './autosave.ts'
import { forget, keep } from './kept.ts'
import { draftQuery } from './query.ts'
import type { Editor } from './store.ts'

/** Saves what changes in an editor: the rules stand in autosave.ts, what they ask for is done here. */
export function createSaver(editor: Editor, campaignId: string, base: Base) {
  const store = createStore<{ saving: Saving; isKept: boolean }>(() => ({ saving: opened(base), isKept: true }))
  let timer: ReturnType<typeof setTimeout> | undefined
  // what an earlier visit kept is not ours to forget
  let hasKept = false

  function tell(event: SavingEvent): void {
    const { saving: before } = store.getState()
    const saving = next(before, event)
    if (saving === before) return
    store.setState({ saving })
    clearTimeout(timer)
    if (saving.state === 'waiting' && saving.isDue) void put(saving)
    else if (saving.state === 'waiting') timer = setTimeout(tell, SAVE_AFTER_MS, DUE)
    else if (saving.state === 'offline') timer = setTimeout(tell, RETRY_AFTER_MS, DUE)
    keepOrForget(saving)
  }

  async function put(waiting: Extract<Saving, { state: 'waiting' }>): Promise<void> {
    const { doc, base } = waiting
    store.setState({ saving: sent(waiting) })
    tell(await outcomeOf(campaignId, doc, base.version))
  }

  function keepOrForget(saving: Saving): void {
    const doc = unsaved(saving)
    if (!doc && hasKept) forget(campaignId)
    if (!doc || saving.state === 'waiting' || saving.state === 'saving') return
    keepNow()
  }

  /** Saves now; true when nothing is left to save. */
  async function flush(): Promise<boolean> {
    tell(DUE)
    const isOver = ({ saving: { state } }: { saving: Saving }) => state !== 'waiting' && state !== 'saving'
    while (!isOver(store.getState())) {
      await new Promise<void>((resolve) => {
        const stop = store.subscribe(() => {
          stop()
          resolve()
        })
      })
      tell(DUE)
    }
    return store.getState().saving.state === 'clean'
  }

  /** Keeps what is not saved yet, for a page that is closed at once. */
  function keepNow(): void {
    const { saving } = store.getState()
    const doc = unsaved(saving)
    if (!doc) return
    hasKept = true
    store.setState({ isKept: keep(campaignId, { doc, version: saving.base.version, atMs: Date.now() }) })
  }

  function start(): () => void {
    const retry = () => tell(DUE)
    const stop = editor.subscribe((now, before) => {
      if (now.name === before.name && now.campaign === before.campaign) return
      tell({ kind: 'changed', doc: { name: now.name, campaign: now.campaign } })
    })
    window.addEventListener('online', retry)
    window.addEventListener('pagehide', keepNow)
    return () => {
      stop()
      clearTimeout(timer)
      window.removeEventListener('online', retry)
      window.removeEventListener('pagehide', keepNow)
    }
  }

  return { store, tell, flush, keepNow, start }
}
export type Saver = ReturnType<typeof createSaver>

const DUE = { kind: 'due' } as const

/** Sends the draft and tells how that ended. What the server may take later counts as a lost connection. */
async function outcomeOf(id: string, { name, campaign }: Base['doc'], version: number): Promise<SavingEvent> {
  try {
    const view = await ask(
      api.campaigns[':id'].draft.$put({
        param: { id },
        header: { 'if-match': `"${version}"` },
        json: { name, draft: campaign },
      }),
    )
    queries.setQueryData(draftQuery(id).queryKey, view)
    return { kind: 'saved', version: view.draftVersion, atMs: Date.now() }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.status === 412) return { kind: 'stale' }
    const isPassing = error.status === 0 || error.status >= 500 || error.status === 401 || error.status === 429
    return isPassing ? { kind: 'lost' } : { kind: 'refused', reason: sentenceOf(error) }
  }
}
