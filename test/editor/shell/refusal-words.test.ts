import { describe, expect, it } from 'vitest'
import { REQUEST_REFUSALS } from '../../../api/refusals.ts'
import { REFUSALS } from '../../../db/model/refusal.ts'
import { Problem } from '../../../editor/shell/api.ts'
import { refusalWords } from '../../../editor/shell/refusal-words.ts'
import { sentenceOf } from '../../../editor/shell/states.tsx'

/** Pages never ask for what is refused with these, or have words of their own. */
const FOR_PROGRAMS = [
  'not_stuck',
  'event_from_future',
  'chain_too_deep',
  'draft_unmatched',
  'integration_kind',
  'operator_required',
  'too_many_pages',
  'wrong_signature',
  'invalid_json',
  'wrong_content_type',
  'method_not_allowed',
]

it.each(Object.keys({ ...REFUSALS, ...REQUEST_REFUSALS }))(
  'has words of its own for %s, or only programs meet it',
  (code) => expect(refusalWords(code) === null).toBe(FOR_PROGRAMS.includes(code)),
)

describe('an error in words', () => {
  it('is told by its code, with the first thing that is wrong', () => {
    const errors = [{ field: 'to', detail: 'another status is expected' }]
    const problem = new Problem(422, { code: 'timeout_invalid', detail: 'The timeout … to: another …', errors })
    expect(sentenceOf(problem)).toBe(
      'By itself a status can only move on to another status of the same type. Another status is expected.',
    )
  })

  it('of a code that this page does not know is what the API says', () => {
    expect(sentenceOf(new Problem(409, { code: 'too_clever', detail: 'This is too clever.' }))).toBe(
      'This is too clever.',
    )
    expect(sentenceOf(new Problem(409, { code: 'toString', detail: 'As it is.' }))).toBe('As it is.')
  })

  it('of the page itself tells nothing of its inside', () => {
    expect(sentenceOf(new TypeError('x is undefined'))).not.toContain('undefined')
  })
})
