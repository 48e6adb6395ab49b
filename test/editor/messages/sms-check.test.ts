import { describe, expect, it } from 'vitest'
import { checkText } from '../../../editor/messages/sms-check.ts'
import { EXAMPLE } from '../../../editor/messages/sms-example.ts'

const rendering = (template: string) => checkText(template, EXAMPLE).rendering
const problems = (template: string) => checkText(template, EXAMPLE).problems

describe('checkText', () => {
  it('fills in the facts of the order and counts the parts by their alphabet', () => {
    expect(rendering('Order {{ order.number }} is on its way')).toEqual({
      text: `Order ${EXAMPLE.order.number} is on its way`,
      parts: 1,
      alphabet: 'basic',
      used: `Order ${EXAMPLE.order.number} is on its way`.length,
      room: 160,
      forcing: [],
    })
    expect(rendering('ж'.repeat(71))).toMatchObject({ parts: 2, alphabet: 'unicode', used: 71, room: 134 })
    expect(rendering('€'.repeat(81))).toMatchObject({ parts: 2, alphabet: 'basic', used: 162, room: 306 })
  })

  it('names the characters that alone make a text Unicode', () => {
    expect(rendering('It’s “here” – “now” 😀')?.forcing).toEqual(['’', '“', '”', '–', '😀'])
    expect(rendering('Für Zoë')?.forcing).toEqual(['ë'])
  })

  it('blames no character of a text that is in another script anyway', () => {
    expect(rendering('“Привіт”')).toMatchObject({ alphabet: 'unicode', forcing: [] })
    expect(rendering('“Καλημέρα”')?.forcing).toEqual([])
  })

  it('names an unknown variable and the one that was probably meant', () => {
    expect(problems('{{ order.numbr }} {{ weather }}')).toEqual([
      { kind: 'unknown', name: 'order.numbr', meant: 'order.number' },
      { kind: 'unknown', name: 'weather', meant: null },
    ])
    expect(problems('{{ order.numbr }}')).toHaveLength(1)
  })

  it.each([
    ['a bracket left open', 'Hi {{ order.number', [{ kind: 'unclosed' }]],
    ['a condition left open', 'Hi {% if order.number %}x', [{ kind: 'unclosed' }]],
    ['nothing but spaces', '  ', [{ kind: 'empty' }]],
    ['more than the most parts', 'x'.repeat(1_300), [{ kind: 'too_long' }]],
    [
      'a filter that does not exist',
      '{{ order.number | shout }}',
      [{ kind: 'unreadable', detail: expect.any(String) }],
    ],
  ])('tells what is wrong with %s', (_, template, wrong) => {
    expect(checkText(template, EXAMPLE)).toEqual({ problems: wrong, rendering: null })
  })
})
