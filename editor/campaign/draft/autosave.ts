import type { Doc } from './store.ts'

/** How long changes rest before they are saved, in milliseconds. */
export const SAVE_AFTER_MS = 800
/** How long after a lost connection saving is tried again, in milliseconds. */
export const RETRY_AFTER_MS = 5_000

/** What the server holds, as far as this page knows. */
export interface Base {
  doc: Doc
  version: number
  /** When this page saved it; null when it was opened like this. */
  savedAtMs: number | null
}

/**
 * How far the work is from the server. `clean`: it is there. `waiting`: it rests. `saving`: it is on its way.
 * `offline`: it is kept in this browser until there is a connection. `refused`: the server does not take it as it is.
 * `conflict`: somebody saved another draft meanwhile; nothing goes on until somebody decides.
 */
export type Saving =
  | { state: 'clean'; base: Base }
  | { state: 'waiting'; base: Base; doc: Doc; isDue: boolean }
  | { state: 'saving'; base: Base; sent: Doc; doc: Doc }
  | { state: 'offline'; base: Base; doc: Doc }
  | { state: 'refused'; base: Base; doc: Doc; reason: string }
  | { state: 'conflict'; base: Base; doc: Doc }

export type SavingEvent =
  | { kind: 'changed'; doc: Doc }
  /** The rest is over, somebody wants it saved now, or there is a connection again. */
  | { kind: 'due' }
  /** The server holds this document of ours: the one just sent, or an earlier one whose answer was lost. */
  | { kind: 'saved'; doc: Doc; version: number; atMs: number }
  | { kind: 'lost' }
  | { kind: 'refused'; reason: string }
  | { kind: 'stale' }
  /** The page took over what the server holds. */
  | { kind: 'took'; base: Base }
  /** Mine is to stand, whatever the server holds. */
  | { kind: 'overwrite'; version: number }

export const opened = (base: Base): Saving => ({ state: 'clean', base })

/** How saving goes on. The document is compared by identity: what was undone back to the saved one is saved. */
export function next(now: Saving, event: SavingEvent): Saving {
  const { base } = now
  switch (event.kind) {
    case 'changed':
      return changed(now, event.doc)
    case 'due':
      if (now.state === 'waiting') return { ...now, isDue: true }
      return now.state === 'offline' ? { state: 'waiting', base, doc: now.doc, isDue: true } : now
    case 'took':
      return opened(event.base)
    case 'overwrite':
      if (now.state !== 'conflict') return now
      return { state: 'waiting', base: { ...base, version: event.version }, doc: now.doc, isDue: true }
    case 'saved':
      return now.state === 'saving' ? saved(now, event) : now
    case 'lost':
      return now.state === 'saving' ? { state: 'offline', base, doc: now.doc } : now
    case 'refused':
      return now.state === 'saving' ? { state: 'refused', base, doc: now.doc, reason: event.reason } : now
    case 'stale':
      return now.state === 'saving' ? { state: 'conflict', base, doc: now.doc } : now
  }
}

/** The request of `waiting` is sent: the page calls this when it sends, so that it is sent once. */
export const sent = (now: Extract<Saving, { state: 'waiting' }>): Saving => ({
  state: 'saving',
  base: now.base,
  sent: now.doc,
  doc: now.doc,
})

function changed(now: Saving, doc: Doc): Saving {
  const { base } = now
  if (now.state === 'saving') return { ...now, doc }
  if (now.state === 'conflict' || now.state === 'offline') return { ...now, doc }
  if (isSame(doc, base.doc)) return { state: 'clean', base }
  return { state: 'waiting', base, doc, isDue: false }
}

type Of<Kind extends SavingEvent['kind']> = Extract<SavingEvent, { kind: Kind }>

function saved(now: Saving & { doc: Doc }, { doc, version, atMs }: Of<'saved'>): Saving {
  const base = { doc, version, savedAtMs: atMs }
  return isSame(now.doc, doc) ? { state: 'clean', base } : { state: 'waiting', base, doc: now.doc, isDue: false }
}

const isSame = (a: Doc, b: Doc): boolean => a.name === b.name && a.campaign === b.campaign

/** The work that the server does not hold; null when it holds all. */
export const unsaved = (now: Saving): Doc | null => (now.state === 'clean' ? null : now.doc)
