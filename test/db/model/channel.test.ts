import { describe, expect, it } from 'vitest'
import { problemsInKannel, readKannel } from '../../../db/model/channel.ts'

const WHOLE = {
  url: 'http://127.0.0.1:13013/cgi-bin/sendsms',
  username: 'tidings',
  password: 'secret',
  from: 'Shop',
}
const fieldsIn = (part: Partial<typeof WHOLE>) => problemsInKannel({ ...WHOLE, ...part }).map(({ field }) => field)

describe('settings of Kannel', () => {
  it('are taken with a name or a number as sender, and with the stored password', () => {
    expect(fieldsIn({})).toEqual([])
    expect(fieldsIn({ from: '+380501234567', url: 'https://sms.example/sendsms' })).toEqual([])
    const { password: _, ...rest } = WHOLE
    expect(problemsInKannel(rest)).toEqual([])
  })

  it.each([
    [{ url: '' }, ['url']],
    [{ url: 'sms.example/sendsms' }, ['url']],
    [{ url: 'ftp://sms.example' }, ['url']],
    [{ url: 'http://name:word@sms.example/' }, ['url']],
    [{ url: 'http://sms.example/?username=x' }, ['url']],
    [{ url: 'http://sms.example/#x' }, ['url']],
    [{ url: `http://sms.example/${'x'.repeat(500)}` }, ['url']],
    [{ username: '', password: '' }, ['username', 'password']],
    [{ username: 'x'.repeat(101) }, ['username']],
    [{ from: '' }, ['from']],
    [{ from: 'x'.repeat(21) }, ['from']],
    [{ from: 'Крамниця' }, ['from']],
  ])('refuses %j', (part, fields) => {
    expect(fieldsIn(part)).toEqual(fields)
  })

  it('are read back only when they are whole', () => {
    expect(readKannel(WHOLE)).toEqual(WHOLE)
    for (const broken of [null, undefined, 'x', {}, { ...WHOLE, password: '' }, { ...WHOLE, from: 5 }])
      expect(readKannel(broken)).toBeNull()
  })
})
