import { describe, expect, it } from 'vitest'
import { MESSAGE_STATES, SUPPRESSIONS } from '../../../db/model/message.ts'
import { reasonOf, STATES_TO_FIND, wordsOf } from '../../../editor/messages/message-words.ts'

describe('the words for texts', () => {
  it('tell each state that lasts by a name of its own', () => {
    const names = STATES_TO_FIND.map((state) => wordsOf(state).word())
    expect(new Set(names).size).toBe(STATES_TO_FIND.length)
  })
  it.each(MESSAGE_STATES)('explain %s', (state) => {
    expect(wordsOf(state).about()).toMatch(/\.$/)
  })
  it('call a state of another release unknown', () => {
    expect(wordsOf('teleported').word()).toBe('Unknown')
    expect(wordsOf('toString').word()).toBe('Unknown')
  })
  it.each(Object.entries(SUPPRESSIONS))('say why a text was held back: %s', (reason, words) => {
    expect(reasonOf(reason)).toBe(words)
  })
  it('leave what a gateway said as it is, and say nothing where there is no reason', () => {
    expect(reasonOf('ESME_RINVDSTADR')).toBe('ESME_RINVDSTADR')
    expect(reasonOf(null)).toBeNull()
  })
})
