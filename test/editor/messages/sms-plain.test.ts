import { SegmentedMessage } from 'sms-segments-calculator'
import { expect, it } from 'vitest'
import { allHavePlain, inPlainSigns } from '../../../editor/messages/sms-plain.ts'

const FANCY = '“a” „b“ «c» ‘d’ ‚e’ – — − • …\u00a0f\u2009g\u202fh\u200b'

it('makes every sign it knows one of the basic alphabet', () => {
  expect(inPlainSigns(FANCY)).toBe(`"a" "b" "c" 'd' 'e' - - - - ... f g h`)
  expect(new SegmentedMessage(inPlainSigns(FANCY)).encodingName).toBe('GSM-7')
})

it('leaves everything else as it is', () => {
  const other = 'Zoë 😀 {{ order.number }} Привіт'
  expect(inPlainSigns(other)).toBe(other)
})

it('knows whether plain signs would be enough', () => {
  expect(allHavePlain(['“', '…'])).toBe(true)
  expect(allHavePlain(['“', '😀'])).toBe(false)
  expect(allHavePlain([])).toBe(false)
})
