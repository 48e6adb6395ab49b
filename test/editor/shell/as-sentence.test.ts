import { expect, it } from 'vitest'
import { asSentence } from '../../../editor/shell/as-sentence.ts'

it.each([
  ['choose another name', 'Choose another name.'],
  ['The body is not JSON.', 'The body is not JSON.'],
  ['which one?', 'Which one?'],
  ['missing.', 'Missing.'],
  ['customer.first_name is not known', 'customer.first_name is not known.'],
  ['{{ order.numbr }} is not known', '{{ order.numbr }} is not known.'],
])('makes a sentence of %j', (detail, sentence) => expect(asSentence(detail)).toBe(sentence))
