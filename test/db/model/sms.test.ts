import fc from 'fast-check'
import { SegmentedMessage } from 'sms-segments-calculator'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { SMS_PARTS_MAX, TEMPLATE_MAX } from '../../../db/model/limits.ts'
import {
  partsOf,
  problemsInTemplate,
  type Rendered,
  readReply,
  renderText,
  type TextFacts,
  VARIABLES,
} from '../../../db/model/sms.ts'

const FACTS: TextFacts = {
  customer: { name: 'Ольга Кобилянська', first_name: 'Ольга', phone: '+380671234567', email: 'olha@example.com' },
  order: { number: '10457', total: '1499.50', currency: 'UAH', status: 'Sent', delivery: 'Shipped', payment: 'Paid' },
  shop: { name: 'Kvitka' },
}
const parts = (text: string): number | string => {
  const rendered = renderText(text, FACTS)
  return 'parts' in rendered ? rendered.parts : rendered.problem
}

afterEach(() => vi.restoreAllMocks())

describe('renderText', () => {
  it('fills in every variable that may be named', () => {
    for (const name of Object.keys(VARIABLES)) {
      const [noun, fact] = name.split('.') as ['order', 'number']
      expect(renderText(`<{{ ${name} }}>`, FACTS)).toMatchObject({ text: `<${FACTS[noun][fact]}>` })
    }
  })

  it('takes conditions and filters, and leaves out what is not known', () => {
    const unknown = { ...FACTS, customer: { ...FACTS.customer, first_name: '' } }
    const template =
      '{% if customer.first_name != "" %}{{ customer.first_name | upcase }}, {% endif %}order {{ order.number }}.'
    expect(renderText(template, FACTS)).toEqual({ text: 'ОЛЬГА, order 10457.', parts: 1 })
    expect(renderText(template, unknown)).toEqual({ text: 'order 10457.', parts: 1 })
  })

  it('takes what a customer calls himself as text, not as a template', () => {
    const sly = { ...FACTS, customer: { ...FACTS.customer, name: '{{ order.number }}{% raw %}' } }
    expect(renderText('Dear {{ customer.name }}', sly)).toEqual({ text: 'Dear {{ order.number }}{% raw %}', parts: 1 })
  })

  it.each([
    ['160 characters of the basic alphabet', 'x'.repeat(160), 1],
    ['161 of them, which leave room for the header', 'x'.repeat(161), 2],
    ['70 Cyrillic characters', 'ж'.repeat(70), 1],
    ['71 Cyrillic characters', 'ж'.repeat(71), 2],
    ['one Cyrillic character among 70 Latin ones', `${'x'.repeat(70)}ж`, 2],
    ['signs that take two places', '€'.repeat(81), 2],
    ['35 emoji', '😀'.repeat(35), 1],
    ['36 emoji', '😀'.repeat(36), 2],
    ['the longest basic text', 'x'.repeat(153 * SMS_PARTS_MAX), SMS_PARTS_MAX],
    ['one character more', 'x'.repeat(153 * SMS_PARTS_MAX + 1), 'too_long'],
    ['the longest Cyrillic text', 'ж'.repeat(67 * SMS_PARTS_MAX), SMS_PARTS_MAX],
    ['one Cyrillic character more', 'ж'.repeat(67 * SMS_PARTS_MAX + 1), 'too_long'],
    ['only spaces', ' \n ', 'empty'],
    ['nothing but a variable nobody knows', '{{ customer.nothing }}', 'empty'],
  ])('counts the parts of %s', (_, text, expected) => {
    expect(parts(text)).toBe(expected)
  })

  it('counts parts after the variables are filled in', () => {
    expect(
      parts(
        '{{ customer.name }}, ваше замовлення {{ order.number }} відправлено. Дякуємо, {{ shop.name }}! Гарного дня!',
      ),
    ).toBe(2)
  })

  it('does not spoil a text because the computer was busy for a moment', () => {
    let nowMs = 0
    vi.spyOn(performance, 'now').mockImplementation(() => {
      nowMs += 200
      return nowMs
    })
    expect(renderText('Order {{ order.number }}', FACTS)).toMatchObject({ text: 'Order 10457' })
  })
})

describe('partsOf', () => {
  it('counts as the library does, whatever the alphabet', () => {
    const signs = [
      fc.constantFrom(...'abz ABZ059@$_!"#%&\'()*+,-./:;<=>?\n'),
      fc.constantFrom(...'абвгґєії АБВҐЄІЇ'),
      fc.constantFrom(...'[]{}~^€`№«»–…’'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    ]
    const text = fc
      .constantFrom([0], [0, 1], [1], [1, 2], [0, 2], [0, 1, 2, 3])
      .chain((used) => fc.array(fc.oneof(...used.map((n) => signs[n]!)), { minLength: 1, maxLength: 340 }))
      .map((list) => list.join(''))
    fc.assert(
      fc.property(text, (text) => {
        expect(partsOf(text)).toBe(new SegmentedMessage(text).segmentsCount)
      }),
      { numRuns: 300 },
    )
  })
})

describe('problemsInTemplate', () => {
  it('tells of a text that is too long for everybody, not of one that a long name makes so', () => {
    expect(problemsInTemplate('ы'.repeat(67 * SMS_PARTS_MAX + 1))).toEqual([
      `the text is too long: at most ${SMS_PARTS_MAX} SMS`,
    ])
    expect(problemsInTemplate(`${'ы'.repeat(67 * SMS_PARTS_MAX - 20)} {{ customer.name }}`)).toEqual([])
  })

  it.each([
    ['Order {{ order.number }}', []],
    ['{% if order.total %}{{ order["total"] | append: "!" }}{% endif %}', []],
    ['{% assign x = order.number %}{{ x }}', []],
    ['{{ order.numbr }}', ['order.numbr']],
    ['{{ order }}', ['order']],
    ['{{ toString }} {{ constructor }}', ['toString', 'constructor']],
    ['{% for x in customer %}{{ x }}{% endfor %}', ['customer']],
    ['{{ order.number | append: customer.nmae }}{{ order.nope }}{{ order.nope }}', ['customer.nmae', 'order.nope']],
  ])('names in %j the variables that do not exist, once each, and those that do', (template, unknown) => {
    const problems = problemsInTemplate(template)
    expect(problems.map((p) => p.split(';')[0]).sort()).toEqual(unknown.map((n) => `unknown variable ${n}`).sort())
    for (const problem of problems) expect(problem).toContain('customer.first_name')
  })

  it.each([
    ['{{ order.number', 'not closed'],
    ['{% if order.total %}', 'not closed'],
    ['{% fi %}', 'fi'],
    ['{{ order.total | shout }}', 'shout'],
    ['x'.repeat(20_001), 'limit'],
  ])('says what cannot be read in %.30j', (template, word) => {
    expect(problemsInTemplate(template).join()).toContain(word)
  })

  it.each(['include', 'render', 'layout'])('knows no %s, which would read files of the server', (tag) => {
    const template = `{% ${tag} 'tsconfig.json' %}`
    expect(problemsInTemplate(template)).toEqual([expect.stringContaining(tag)])
    expect(renderText(template, FACTS)).toEqual({ problem: 'unreadable' })
  })

  const loops = '{% for i in (1..300) %}'
  it.each([
    ['a loop without end', '{% for i in (1..100000000) %}x{% endfor %}'],
    ['loops within loops', `${loops.repeat(4)}{{ i }}${'{% endfor %}'.repeat(4)}`],
    [
      'a text that doubles itself',
      `{% assign a = 'xxxxxxxxxx' %}${'{% assign a = a | append: a %}'.repeat(40)}{{ a }}`,
    ],
    [
      'a list that doubles itself',
      `{% assign a = 'a,b' | split: ',' %}${'{% assign a = a | concat: a %}'.repeat(40)}{{ a }}`,
    ],
    [
      'a text that replaces itself',
      `{% assign a = 'xxxx' %}${"{% assign a = a | replace: 'x', a %}".repeat(20)}{{ a }}`,
    ],
    ['a table of many cells', '{% tablerow i in (1..90000) %}x{% endtablerow %}'],
    ['very many parts', '{% for i in (1..9000) %}{{ order.number }}{% endfor %}'],
  ])('is not held up by %s', (_, template) => {
    expect(template.length).toBeLessThan(TEMPLATE_MAX)
    const beganMs = performance.now()
    for (const problem of problemsInTemplate(template)) expect(problem).toContain('too long')
    expect(renderText(template, FACTS)).toHaveProperty('problem')
    expect(performance.now() - beganMs).toBeLessThan(2_000)
  })

  it('throws for no text, and what it finds nothing wrong with can be rendered', () => {
    const words = [
      '{{',
      '}}',
      '{%',
      '%}',
      ' if ',
      ' order.number ',
      ' for x in ',
      ' | ',
      'upcase',
      'x',
      ' endif ',
      'include',
      "'a'",
    ]
    const pieces = fc.array(fc.oneof(fc.constantFrom(...words), fc.string()), { maxLength: 12 })
    fc.assert(
      fc.property(pieces, (list) => {
        const template = list.join('')
        const rendered: Rendered = renderText(template, FACTS)
        if (problemsInTemplate(template).length === 0) expect(rendered).not.toEqual({ problem: 'unreadable' })
      }),
    )
  })
})

describe('readReply', () => {
  it.each([
    ['STOP', 'stop'],
    ['  stop.', 'stop'],
    ['Stop!!!', 'stop'],
    ['StopAll', 'stop'],
    ['unsubscribe please', 'stop'],
    ['СТОП', 'stop'],
    ['стоп, дякую', 'stop'],
    ['Відписка', 'stop'],
    ['отписка', 'stop'],
    ['START', 'start'],
    ['unstop', 'start'],
    ['Старт', 'start'],
    ['Stopping by later?', null],
    ['Стопа', null],
    ['stop2', null],
    ['Please stop', null],
    ['restart', null],
    ['Starting when?', null],
    ['', null],
  ])('reads %j as %j', (text, wish) => {
    expect(readReply(text)).toBe(wish)
  })
})
