import { describe, expect, it } from 'vitest'
import { dedupeKey, MESSAGE_RANKS, MESSAGE_STATES, type MessageState } from '../../../db/model/message.ts'

describe('the ranks of a text’s states', () => {
  const risesTo = (from: MessageState, to: MessageState) => MESSAGE_RANKS[to] > MESSAGE_RANKS[from]

  it.each<[MessageState, MessageState]>([
    ['queued', 'claimed'],
    ['claimed', 'handing'],
    ['handing', 'unknown'],
    ['handing', 'sent'],
    ['unknown', 'sent'],
    ['unknown', 'delivered'],
    ['sent', 'delivered'],
    ['sent', 'undelivered'],
    ['queued', 'suppressed'],
    ['handing', 'failed'],
  ])('let %s become %s', (from, to) => {
    expect(risesTo(from, to)).toBe(true)
    expect(risesTo(to, from)).toBe(false)
  })

  it('let nothing follow a final state', () => {
    const final: MessageState[] = ['delivered', 'undelivered', 'failed', 'suppressed']
    for (const from of final) for (const to of MESSAGE_STATES) expect(risesTo(from, to)).toBe(false)
  })
})

describe('the keys of what may be sent once', () => {
  it('are the same for one occasion and differ between occasions', () => {
    const keys = [
      dedupeKey.once('o', 's'),
      dedupeKey.once('o', 's2'),
      dedupeKey.once('o2', 's'),
      dedupeKey.always('o', 's', 'c'),
      dedupeKey.always('o', 's', 'c2'),
      dedupeKey.enrolment('e', 'n'),
      dedupeKey.enrolment('e', 'n2'),
      dedupeKey.enrolment('e2', 'n'),
    ]
    expect(new Set(keys).size).toBe(keys.length)
    expect(dedupeKey.once('o', 's')).toBe(dedupeKey.once('o', 's'))
  })
})
