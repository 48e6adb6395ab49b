import { describe, expect, it } from 'vitest'
import type { Answer } from '../../db/hand-over.ts'
import { HandOverNotes } from '../../workflows/hand-over-notes.ts'

const NOW = 1_000
const sent: Answer = { id: 'm', state: 'sent', gatewayId: 'g' }
const refused: Answer = { id: 'm', state: 'failed', reason: 'no such number' }
const away: Answer = { id: 'm', state: 'queued', reason: 'connect ECONNREFUSED', afterMs: 500 }
const lost: Answer = { id: 'm', state: 'unknown', reason: 'the connection was lost' }
const word = { id: 'c', handed: 0, failed: 0, failing: null, reason: null }

/** Notes of the channel `c`, and what is new in them. */
function notesOf(...groups: Answer[][]) {
  const notes = new HandOverNotes()
  for (const group of groups) notes.take('c', group)
  return { notes, wordsAt: (nowMs: number) => notes.tell(nowMs).words }
}

describe('what is said of a channel', () => {
  it('is how many texts its gateway took and refused since the last time, and first of all that it takes them', () => {
    const { notes, wordsAt } = notesOf([sent, refused], [sent])
    expect(wordsAt(NOW)).toEqual([{ ...word, handed: 2, failed: 1, failing: false }])
    expect(wordsAt(NOW)).toEqual([])
    notes.take('c', [sent])
    expect(wordsAt(NOW)).toEqual([{ ...word, handed: 1 }])
  })

  it.each([away, lost])(
    'is that it fails and why as soon as a text is $state, once, and that it is well again',
    (answer) => {
      const { notes, wordsAt } = notesOf([sent, answer], [answer])
      expect(wordsAt(NOW)).toEqual([{ ...word, handed: 1, failing: true, reason: answer.reason }])
      notes.take('c', [answer])
      expect(wordsAt(NOW)).toEqual([])
      notes.take('c', [sent])
      expect(wordsAt(NOW)).toEqual([{ ...word, handed: 1, failing: false }])
    },
  )

  it('is said again after half a minute, for another worker may have said otherwise', () => {
    const { wordsAt } = notesOf([away])
    expect(wordsAt(NOW)).toHaveLength(1)
    expect(wordsAt(NOW + 29_000)).toEqual([])
    expect(wordsAt(NOW + 30_000)).toEqual([{ ...word, failing: true, reason: away.reason }])
  })

  it('is kept when it could not be written, with what came meanwhile', () => {
    const { notes } = notesOf([sent, away])
    const { keep } = notes.tell(NOW)
    notes.take('c', [sent])
    keep()
    expect(notes.tell(NOW).words).toEqual([{ ...word, handed: 2, failing: false }])
  })
})
