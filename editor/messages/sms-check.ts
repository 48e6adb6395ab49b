import { SegmentedMessage } from 'sms-segments-calculator'
import { readTemplate, renderText, type TextFacts, VARIABLES } from '../../db/model/sms.ts'
import { nearest } from './sms-nearest.ts'

export type TextProblem =
  | { kind: 'unclosed' | 'empty' | 'too_long' }
  | { kind: 'unreadable'; detail: string }
  | { kind: 'unknown'; name: string; meant: string | null }

/** How a text leaves for one order. */
export interface Rendering {
  text: string
  parts: number
  alphabet: Alphabet
  /** Places that the text takes, and that its parts have. Some characters take two. */
  used: number
  room: number
  /** The characters that alone keep the text from the basic alphabet; none if it is in another script anyway. */
  forcing: string[]
}
export interface TextCheck {
  problems: TextProblem[]
  rendering: Rendering | null
}

/** What is wrong with a template and how it reads for one order. It renders by the rules of the sender. */
export function checkText(template: string, facts: TextFacts): TextCheck {
  const problems = problemsIn(template)
  const rendered = renderText(template, facts)
  if (!('problem' in rendered)) return { problems, rendering: measure(rendered) }
  // a text that cannot be read has said so, and one that is empty for its unknown variable too
  if (problems.length > 0 || rendered.problem === 'unreadable') return { problems, rendering: null }
  return { problems: [{ kind: rendered.problem }], rendering: null }
}

function problemsIn(template: string): TextProblem[] {
  const reading = readTemplate(template)
  if ('unknown' in reading)
    return reading.unknown.map((name) => ({ kind: 'unknown', name, meant: nearest(name, Object.keys(VARIABLES)) }))
  const { unreadable } = reading
  return [/not closed/.test(unreadable) ? { kind: 'unclosed' } : { kind: 'unreadable', detail: unreadable }]
}

/** Bits of a character, and places of a text that is one part or several. Source: GSM 03.38, 03.40. */
const ALPHABETS = {
  basic: { bits: 7, single: 160, joined: 153 },
  unicode: { bits: 16, single: 70, joined: 67 },
} as const
export type Alphabet = keyof typeof ALPHABETS

function measure({ text, parts }: { text: string; parts: number }): Rendering {
  const counted = new SegmentedMessage(text)
  const alphabet: Alphabet = counted.encodingName === 'GSM-7' ? 'basic' : 'unicode'
  const { bits, single, joined } = ALPHABETS[alphabet]
  return {
    text,
    parts,
    alphabet,
    used: counted.messageSize / bits,
    room: parts === 1 ? single : parts * joined,
    forcing: forcingOf(counted.getNonGsmCharacters()),
  }
}

/** Letters of scripts that the basic alphabet does not know at all. */
const FOREIGN = /(?!\p{Script=Latin})\p{L}/u

const forcingOf = (found: readonly string[]): string[] =>
  found.some((c) => FOREIGN.test(c)) ? [] : [...new Set(found)]
