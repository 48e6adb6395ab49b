import { createStore } from 'zustand/vanilla'
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
import { sendDraft } from './send.ts'
import type { Doc, Editor } from './store.ts'

/** Drafts that got no answer and are remembered, for the server may have taken them. */
const UNANSWERED_MAX = 20

/** Saves what changes in an editor: the rules stand in autosave.ts, what they ask for is done here. */
export function createSaver(editor: Editor, campaignId: string, base: Base, send: typeof sendDraft = sendDraft) {
  const store = createStore<{ saving: Saving; isKept: boolean }>(() => ({ saving: opened(base), isKept: true }))
  let timer: ReturnType<typeof setTimeout> | undefined
  // what an earlier visit kept is not ours to forget
  let hasKept = false
  let unanswered: Doc[] = []

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
    const outcome = await send(campaignId, doc, base.version, unanswered)
    if (outcome.kind === 'lost') unanswered = [...unanswered.filter((d) => d !== doc), doc].slice(-UNANSWERED_MAX)
    if (outcome.kind === 'saved') unanswered = []
    tell(outcome)
  }

  function keepOrForget(saving: Saving): void {
    const doc = unsaved(saving)
    if (!doc && hasKept) forget(campaignId)
    if (!doc || saving.state === 'waiting' || saving.state === 'saving') return
    keepNow()
  }

  /** Saves now; true when nothing is left to save. Without a connection it tries once. */
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
      if (store.getState().saving.state === 'waiting') tell(DUE)
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
      // whatever takes the editor away, what it had not saved is offered again
      keepNow()
      window.removeEventListener('online', retry)
      window.removeEventListener('pagehide', keepNow)
    }
  }

  return { store, tell, flush, keepNow, start }
}
export type Saver = ReturnType<typeof createSaver>

const DUE = { kind: 'due' } as const
