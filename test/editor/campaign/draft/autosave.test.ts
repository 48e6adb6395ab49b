import { describe, expect, it } from 'vitest'
import {
  next,
  opened,
  type Saving,
  type SavingEvent,
  sent,
  unsaved,
} from '../../../../editor/campaign/draft/autosave.ts'
import type { Doc } from '../../../../editor/campaign/draft/store.ts'

const doc = (name: string): Doc => ({ name, campaign: { steps: [] } })
const [A, B, C] = [doc('A'), doc('B'), doc('C')]
const BASE = { doc: A, version: 3, savedAtMs: null }

const through = (...events: SavingEvent[]): Saving => events.reduce(stepped, opened(BASE))
/** As the page does it: what is due is sent. */
const stepped = (now: Saving, event: SavingEvent): Saving => {
  const then = next(now, event)
  return then.state === 'waiting' && then.isDue ? sent(then) : then
}
const changed = (doc: Doc): SavingEvent => ({ kind: 'changed', doc })
const DUE: SavingEvent = { kind: 'due' }
const SAVED: SavingEvent = { kind: 'saved', doc: B, version: 4, atMs: 1_000 }

describe('saving', () => {
  it('has nothing to save once a campaign is opened', () => {
    expect(through()).toEqual({ state: 'clean', base: BASE })
    expect(through(DUE)).toEqual({ state: 'clean', base: BASE })
  })

  it('lets changes rest, then sends the last of them', () => {
    expect(through(changed(B)).state).toBe('waiting')
    expect(through(changed(B), changed(C), DUE)).toEqual({ state: 'saving', base: BASE, sent: C, doc: C })
  })

  it('is clean again with the version and the time that came back', () => {
    expect(through(changed(B), DUE, SAVED)).toEqual({ state: 'clean', base: { doc: B, version: 4, savedAtMs: 1_000 } })
  })

  it('has nothing to save when a change was undone', () => {
    expect(through(changed(B), changed(A))).toEqual({ state: 'clean', base: BASE })
  })

  it('sends what changed while it was saving with the version that came back', () => {
    const now = through(changed(B), DUE, changed(C), SAVED)
    expect(now).toMatchObject({ state: 'waiting', doc: C, base: { doc: B, version: 4 } })
    expect(stepped(now, DUE)).toMatchObject({ state: 'saving', sent: C, base: { version: 4 } })
  })

  it('saves again what was undone while it was saving', () => {
    expect(through(changed(B), DUE, changed(A), SAVED)).toMatchObject({ state: 'waiting', doc: A, base: { doc: B } })
  })

  it('sends nothing a second time while it is on its way', () => {
    const now = through(changed(B), DUE)
    expect(next(now, DUE)).toBe(now)
  })
})

describe('a lost connection', () => {
  const offline = through(changed(B), DUE, { kind: 'lost' })

  it('keeps the work and what is done meanwhile', () => {
    expect(offline).toEqual({ state: 'offline', base: BASE, doc: B })
    expect(next(offline, changed(C))).toEqual({ state: 'offline', base: BASE, doc: C })
  })

  it('goes on from an earlier draft of ours that the server turns out to hold', () => {
    const now = through(changed(B), DUE, { kind: 'lost' }, changed(C), DUE, SAVED)
    expect(now).toMatchObject({ state: 'waiting', doc: C, base: { doc: B, version: 4 } })
  })

  it('sends it when the connection is back', () => {
    expect(stepped(next(offline, changed(C)), DUE)).toMatchObject({ state: 'saving', sent: C })
  })
})

describe('a draft that somebody else saved', () => {
  const conflict = through(changed(B), DUE, { kind: 'stale' })

  it('stops saving until somebody decides, and loses nothing that is done meanwhile', () => {
    expect(stepped(conflict, DUE)).toBe(conflict)
    expect(next(conflict, changed(C))).toEqual({ state: 'conflict', base: BASE, doc: C })
  })

  it('is overwritten over the version that is there then', () => {
    expect(stepped(conflict, { kind: 'overwrite', version: 9 })).toMatchObject({
      state: 'saving',
      sent: B,
      base: { version: 9 },
    })
  })

  it('is taken over, and then there is nothing to save', () => {
    const base = { doc: C, version: 9, savedAtMs: null }
    expect(next(next(conflict, { kind: 'took', base }), changed(C))).toEqual({ state: 'clean', base })
  })
})

describe('a draft that the server refuses', () => {
  const refused = through(changed(B), DUE, { kind: 'refused', reason: 'too many steps' })

  it('tells why, and is sent again only once it changed', () => {
    expect(refused).toMatchObject({ state: 'refused', doc: B, reason: 'too many steps' })
    expect(stepped(refused, DUE)).toBe(refused)
    expect(stepped(next(refused, changed(C)), DUE)).toMatchObject({ state: 'saving', sent: C })
  })
})

describe('unsaved', () => {
  it.each([
    [through(), null],
    [through(changed(B)), B],
    [through(changed(B), DUE, changed(C)), C],
    [through(changed(B), DUE, { kind: 'lost' }), B],
  ])('is what the server does not hold, whatever the state (%#)', (now, expected) => {
    expect(unsaved(now)).toBe(expected)
  })
})
