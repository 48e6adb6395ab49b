import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { identityOf, type KnownCustomer, matchCustomers } from '../../../db/model/customer.ts'
import type { CustomerFacts } from '../../../db/model/report.ts'

const PHONE = '+380671234567'
const OTHER = '+380507654321'

const known = (id: string, facts: Partial<KnownCustomer>): KnownCustomer => ({
  id,
  name: '',
  phone: null,
  phoneGiven: null,
  email: null,
  country: null,
  externalKey: null,
  ...facts,
})
const who = (facts: CustomerFacts) => identityOf(facts, 'shop', 'UA')

function match(identities: CustomerFacts[], list: KnownCustomer[] = []) {
  let made = 0
  return matchCustomers(identities.map(who), list, () => `new-${++made}`)
}

describe('identityOf', () => {
  it.each<[CustomerFacts, object]>([
    [
      { phone: '067 123 45 67', email: 'A@B.C', externalId: '7' },
      { key: PHONE, phone: PHONE, email: 'a@b.c' },
    ],
    [
      { phone: 'call me', email: ' Olha@Example.com ' },
      { key: 'olha@example.com', phone: null, phoneGiven: 'call me' },
    ],
    [{ externalId: '7' }, { key: 'shop 7', externalKey: 'shop 7' }],
    [
      { phone: '(555) 555-5555', country: 'us' },
      { phone: '+15555555555', country: 'US' },
    ],
    [{ name: '  Olha  ' }, { key: null, name: 'Olha' }],
    [
      { name: ' ', phone: '', email: ' ', country: 'Ukraine' },
      { key: null, name: null, email: null, country: null },
    ],
  ])('reads %j', (facts, identity) => {
    expect(who(facts)).toMatchObject(identity)
  })

  it('keeps ids of different sources apart', () => {
    expect(identityOf({ externalId: '7' }, 'a', 'UA').key).not.toBe(identityOf({ externalId: '7' }, 'b', 'UA').key)
  })

  it('gives only what the store takes: numbers in E.164, and no half of a sign where a text is cut', () => {
    const digits = fc.stringMatching(/^\+?[0-9]{0,20}$/)
    const long = fc.string({ unit: 'binary', minLength: 0, maxLength: 300 })
    fc.assert(
      fc.property(
        fc.oneof(digits, long),
        long,
        fc.constantFrom('UA', 'US', 'DE', 'AT', 'XX'),
        (phone, name, region) => {
          const identity = identityOf({ phone, name }, 'shop', region)
          expect(identity.phone ?? '+3801').toMatch(/^\+[1-9][0-9]{3,14}$/)
          expect(identity.name ?? '').not.toMatch(/\p{Surrogate}/u)
          expect(identity.phoneGiven ?? '').not.toMatch(/\p{Surrogate}/u)
        },
      ),
      { numRuns: 40 },
    )
    expect(who({ name: `${'a'.repeat(199)}😀` }).name).toBe('a'.repeat(199))
    expect(who({ phone: '+49111111111111111' }).phone).toBeNull()
  })
})

describe('matchCustomers', () => {
  const olha = known('olha', { phone: PHONE, email: 'olha@b.c', externalKey: 'shop 1' })
  const mailOnly = known('mail', { email: 'mail@b.c' })

  it.each<[string, CustomerFacts, string | null]>([
    ['the number', { phone: PHONE }, 'olha'],
    ['the number, whatever the e-mail says', { phone: PHONE, email: 'mail@b.c' }, 'olha'],
    ['the e-mail, when no number is told', { email: 'olha@b.c' }, 'olha'],
    ['the source’s id, when nothing better is told', { externalId: '1' }, 'olha'],
    ['the e-mail before the source’s id', { email: 'mail@b.c', externalId: '1' }, 'mail'],
    ['the e-mail of one who had no number yet', { email: 'mail@b.c', phone: OTHER }, 'mail'],
    [
      'nobody known, where the number is another than the e-mail’s owner has',
      { email: 'olha@b.c', phone: OTHER },
      'new-1',
    ],
    ['nobody known, where the number is another than the id’s owner has', { externalId: '1', phone: OTHER }, 'new-1'],
    ['nobody known, for a name alone', { name: 'Olha' }, 'new-1'],
    ['no customer at all, where nothing is told', {}, null],
  ])('goes by %s', (_, facts, id) => {
    expect(match([facts], [olha, mailOnly]).ids).toEqual([id])
  })

  it('takes the oldest of several with one e-mail', () => {
    const twin = known('twin', { email: 'olha@b.c', phone: OTHER })
    expect(match([{ email: 'olha@b.c' }], [twin, olha]).ids).toEqual(['twin'])
  })

  it('takes over the latest word, keeps what is not told, and says who changed', () => {
    const { customers } = match([{ phone: PHONE, name: 'Olha K', country: 'PL' }], [olha, mailOnly])
    expect(customers).toMatchObject([
      { id: 'olha', name: 'Olha K', country: 'PL', email: 'olha@b.c', isChanged: true, isNew: false },
      { id: 'mail', isChanged: false, isNew: false },
    ])
  })

  it('says that nobody changed when nothing new is told', () => {
    expect(match([{ email: 'olha@b.c' }], [olha]).customers).toMatchObject([{ isChanged: false }])
  })

  it('keeps the id by which a customer was first known', () => {
    expect(match([{ phone: PHONE, externalId: '2' }], [olha]).customers[0]!.externalKey).toBe('shop 1')
  })

  it('makes one customer of two events in one batch, with what both tell', () => {
    const { customers, ids } = match([
      { email: 'new@b.c', name: 'Ira' },
      { email: 'new@b.c', phone: OTHER },
    ])
    expect(ids).toEqual(['new-1', 'new-1'])
    expect(customers).toMatchObject([{ name: 'Ira', phone: OTHER, email: 'new@b.c', isNew: true, isChanged: false }])
  })
})

describe('matching any customers', () => {
  const maybe = <T>(values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined })
  const facts = fc
    .record({
      phone: maybe([PHONE, OTHER, '0631112233', 'none']),
      email: maybe(['a@b.c', 'b@b.c', 'c@b.c']),
      externalId: maybe(['1', '2']),
      name: maybe(['Olha', 'Ira']),
    })
    .map((f) => Object.fromEntries(Object.entries(f).filter(([, v]) => v !== undefined)) as CustomerFacts)
  const history = fc.array(facts, { maxLength: 12 })

  it('never gives two customers one number', () => {
    fc.assert(
      fc.property(history, (list) => {
        const phones = match(list).customers.flatMap((c) => c.phone ?? [])
        expect(new Set(phones).size).toBe(phones.length)
      }),
    )
  })

  it('finds one customer for one identity, however often it comes', () => {
    fc.assert(
      fc.property(history, facts, (list, again) => {
        fc.pre(who(again).key !== null)
        const { ids } = match([...list, again, again])
        expect(ids.at(-1)).toBe(ids.at(-2))
      }),
    )
  })

  it('finds for a batch what it finds for its events one by one', () => {
    fc.assert(
      fc.property(history, (list) => {
        const together = match(list)
        let made = 0
        let customers: KnownCustomer[] = []
        const ids = list.map((one) => {
          const result = matchCustomers([who(one)], customers, () => `new-${++made}`)
          customers = result.customers.map(({ isNew: _, isChanged: __, ...c }) => c)
          return result.ids[0]
        })
        expect(together.ids).toEqual(ids)
        expect(together.customers.map(({ isNew: _, isChanged: __, ...c }) => c)).toEqual(customers)
      }),
    )
  })

  it('gives each event its own number’s customer', () => {
    fc.assert(
      fc.property(history, (list) => {
        const { customers, ids } = match(list)
        for (const [i, one] of list.entries()) {
          const { phone } = who(one)
          if (phone) expect(customers.find((c) => c.id === ids[i])?.phone).toBe(phone)
        }
      }),
    )
  })
})
