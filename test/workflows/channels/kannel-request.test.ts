import fc from 'fast-check'
import { SegmentedMessage } from 'sms-segments-calculator'
import { describe, expect, it } from 'vitest'
import { alphabetOf, meaningOf, sendUrl } from '../../../workflows/channels/kannel-request.ts'

const SETTINGS = {
  url: 'http://127.0.0.1:13013/cgi-bin/sendsms',
  username: 'tidings',
  password: 'p&s=s',
  from: 'My shop',
}
const TEXT = {
  id: 'c0ffee00-0000-4000-8000-000000000000',
  to: '+380501234567',
  text: 'Заказ № 1 & 2',
  receiptUrl: 'http://127.0.0.1:4000/v1/receipts/kannel/TOKEN',
  replyUrl: 'http://127.0.0.1:4000/v1/replies/kannel/TOKEN',
}

describe('a request to Kannel', () => {
  it('says who, to whom, what and in which alphabet, and where to tell what became of it', () => {
    const { origin, pathname, searchParams } = sendUrl(TEXT, SETTINGS)
    expect(origin + pathname).toBe(SETTINGS.url)
    expect(Object.fromEntries(searchParams)).toEqual({
      username: 'tidings',
      password: 'p&s=s',
      from: 'My shop',
      to: '+380501234567',
      text: 'Заказ № 1 & 2',
      charset: 'UTF-8',
      coding: '2',
      'dlr-mask': '19',
      'dlr-url': `${TEXT.receiptUrl}?id=${TEXT.id}&status=%d&answer=%A`,
    })
    expect(sendUrl({ ...TEXT, text: 'Hi {€}' }, SETTINGS).searchParams.get('coding')).toBe('0')
  })

  it('is in the alphabet in which the parts of the text were counted', () => {
    const counted = (text: string) => (new SegmentedMessage(text).encodingName === 'GSM-7' ? 'gsm' : 'unicode')
    const units = Array.from({ length: 0x10000 }, (_, i) => String.fromCharCode(i)).filter(
      (c) => !/\p{Surrogate}/u.test(c),
    )
    expect(units.filter((c) => alphabetOf(c) !== counted(c))).toEqual([])
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), (text) => {
        expect(alphabetOf(text)).toBe(counted(text))
      }),
    )
  })
})

describe('an answer of Kannel', () => {
  it.each([
    [202, '0: Accepted for delivery', 'sent'],
    [202, '3: Queued for later delivery', 'sent'],
    [202, 'Sent.', 'sent'],
    [403, 'Authorization failed for sendsms', 'again'],
    [403, 'Not routable. Do not try again.', 'failed'],
    [400, 'Number(s) has/have been denied by white- and/or black-lists.', 'failed'],
    [503, 'Temporal failure, try again later.', 'again'],
    [400, 'Sender missing and no global set, rejected', 'again'],
    [404, 'Unknown request.', 'again'],
    [302, '', 'again'],
    [200, '<html>Sign in</html>', 'again'],
    [200, 'Success "77"', 'unknown'],
    [202, '', 'unknown'],
    [500, 'Sending failed.', 'unknown'],
    [502, 'Bad gateway', 'unknown'],
  ])('%i “%s” means %s', (status, body, outcome) => {
    expect(meaningOf('id', { status, body }).outcome).toBe(outcome)
  })

  it('never gets into a reason, as a stranger may repeat our request', () => {
    const echo = 'Cannot GET /cgi-bin/sendsms?username=tidings&password=secret'
    for (const status of [200, 400, 403, 404, 500, 503])
      expect(JSON.stringify(meaningOf('id', { status, body: echo }))).not.toContain('secret')
  })
})
