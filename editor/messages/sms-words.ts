import { SMS_PARTS_MAX } from '../../db/model/limits.ts'
import { m } from '../texts/paraglide/messages.js'
import type { Alphabet, Rendering, TextProblem } from './sms-check.ts'
import { placeholder } from './sms-variables.ts'

const ALPHABET_NAMES = { basic: m.sms_basic, unicode: m.sms_unicode } satisfies Record<Alphabet, () => string>

/** "2 SMS · Unicode · 84 of 134 characters". */
export const sizeSentence = ({ parts, alphabet, used, room }: Rendering): string =>
  m.sms_size({ parts, alphabet: ALPHABET_NAMES[alphabet](), used, room })

/** What is wrong with a text, for the one who writes it. */
export function problemSentence(problem: TextProblem): string {
  switch (problem.kind) {
    case 'unclosed':
      return m.sms_unclosed({ example: placeholder('order.number') })
    case 'unreadable':
      return m.sms_unreadable(problem)
    case 'empty':
      return m.sms_empty()
    case 'too_long':
      return m.sms_too_long({ parts: SMS_PARTS_MAX })
    case 'unknown':
      return problem.meant ? m.sms_unknown_meant({ name: problem.name, meant: problem.meant }) : m.sms_unknown(problem)
  }
}

const SPACES = /^[\s\u200b]$/u

/** Characters as a list that can be read, those that cannot be seen by name. */
export const charactersOf = (characters: readonly string[]): string =>
  [...new Set(characters.map((character) => (SPACES.test(character) ? m.sms_odd_space() : character)))].join('  ')
