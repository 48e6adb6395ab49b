import { Liquid, type Template } from 'liquidjs'
import { SegmentedMessage } from 'sms-segments-calculator'
import { SMS_PARTS_MAX } from './limits.ts'

/** What a text can say about its order; missing facts render as nothing. */
export interface TextFacts {
  customer: { name: string; first_name: string; phone: string; email: string }
  order: { number: string; total: string; currency: string; status: string; delivery: string; payment: string }
  shop: { name: string }
}

/** The variables of a message and what each stands for. Source: S0-27. */
export const VARIABLES = {
  'customer.name': "the customer's full name",
  'customer.first_name': 'the first word of the name',
  'customer.phone': 'the phone number',
  'customer.email': 'the e-mail address',
  'order.number': 'the number of the order',
  'order.total': 'the total of the order',
  'order.currency': 'the currency of the total',
  'order.status': 'the name of the general status',
  'order.delivery': 'the name of the delivery status',
  'order.payment': 'the name of the payment status',
  'shop.name': 'the name of the workspace',
} satisfies Record<`${keyof TextFacts}.${string}`, string>

const engine = new Liquid({
  strictFilters: true,
  ownPropertyOnly: true,
  // a text is made of its facts alone: without this, include and its like read files of the server
  templates: {},
  parseLimit: 20_000,
  // bounds the work; the time only stops what slips through, for a busy computer must not spoil a text
  memoryLimit: 100_000,
  renderLimit: 1_000,
})
for (const tag of ['include', 'render', 'layout', 'block']) delete engine.tags[tag]

/** What a template is made of: why it cannot be read, else the variables in it that do not exist. */
export function readTemplate(template: string): { unreadable: string } | { unknown: string[] } {
  let parsed: Template[]
  try {
    parsed = engine.parse(template)
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : 'the text cannot be read' }
  }
  const used = Object.values(engine.analyzeSync(parsed).globals).flat()
  const named = new Set(used.map((v) => v.segments.map(String).join('.')))
  return { unknown: [...named].filter((name) => !Object.hasOwn(VARIABLES, name)) }
}

/** Everything wrong with a template, in words. */
export function problemsInTemplate(template: string): string[] {
  const reading = readTemplate(template)
  if ('unreadable' in reading) return [reading.unreadable]
  const unknown = reading.unknown.map(
    (name) => `unknown variable ${name}; there are ${Object.keys(VARIABLES).join(', ')}`,
  )
  // one that is too long for a customer of whom nothing is known is too long for everybody
  const rendered = renderText(template, NOTHING)
  const isTooLong = 'problem' in rendered && rendered.problem === 'too_long'
  return isTooLong ? [...unknown, `the text is too long: at most ${SMS_PARTS_MAX} SMS`] : unknown
}

const NOTHING: TextFacts = {
  customer: { name: '', first_name: '', phone: '', email: '' },
  order: { number: '', total: '', currency: '', status: '', delivery: '', payment: '' },
  shop: { name: '' },
}

/** Characters of the longest single part, in any alphabet. Source: GSM 03.38. */
const PART_MAX = 160

export type Rendered = { text: string; parts: number } | { problem: 'unreadable' | 'empty' | 'too_long' }

/** The text for one order, and into how many parts its alphabet splits it; a problem instead of a bad text. */
export function renderText(template: string, facts: TextFacts): Rendered {
  let text: string
  try {
    text = engine.renderSync(parsedOf(template), facts).trim()
  } catch {
    return { problem: 'unreadable' }
  }
  if (text === '') return { problem: 'empty' }
  // counting the parts of a very long text takes minutes
  if (text.length > SMS_PARTS_MAX * PART_MAX) return { problem: 'too_long' }
  const parts = partsOf(text)
  return parts > SMS_PARTS_MAX ? { problem: 'too_long' } : { text, parts }
}

const parsed = new Map<string, Template[]>()
const PARSED_MAX = 200

/** Thousands of texts are made of one template. */
function parsedOf(template: string): Template[] {
  const known = parsed.get(template)
  if (known) return known
  const made = engine.parse(template)
  if (parsed.size >= PARSED_MAX) parsed.clear()
  parsed.set(template, made)
  return made
}

/** Signs that take one place each in the GSM alphabet. */
const LATIN = /^[A-Za-z0-9 \n@$_!"#%&'()*+,\-./:;<=>?]*$/
/** Signs that stand for themselves alone, two bytes each where one of them is not in the GSM alphabet. */
const PLAIN = /^[\n -~\u00a0-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027№]*$/
const CYRILLIC = /[\u0400-\u0482]/

/** Into how many parts a text splits. The library looks at each sign's neighbours; most texts need no such look. */
export function partsOf(text: string): number {
  if (text.length <= 70) return 1
  if (LATIN.test(text)) return text.length <= PART_MAX ? 1 : Math.ceil(text.length / 153)
  if (CYRILLIC.test(text) && PLAIN.test(text)) return Math.ceil(text.length / 67)
  return new SegmentedMessage(text).segmentsCount
}

/** Words by which a customer stops and resumes texts, whatever their case; what follows does not matter. */
const REPLIES = {
  stop: /^\s*(stop|stopall|unsubscribe|стоп|отписка|відписка)(?![\p{L}\p{N}])/iu,
  start: /^\s*(start|unstop|старт)(?![\p{L}\p{N}])/iu,
}

/** What an inbound text asks for; null when it is just a text. */
export function readReply(text: string): keyof typeof REPLIES | null {
  if (REPLIES.stop.test(text)) return 'stop'
  return REPLIES.start.test(text) ? 'start' : null
}
