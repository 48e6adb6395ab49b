import { toE164 } from './phone.ts'
import type { CustomerFacts } from './report.ts'

/** Who an event says the buyer is, in the forms by which customers are found; null where it does not say. */
export interface CustomerIdentity {
  /** The strongest of phone, e-mail and the source's id; null for a guest. */
  key: string | null
  name: string | null
  /** E.164. */
  phone: string | null
  phoneGiven: string | null
  /** Lower case. */
  email: string | null
  country: string | null
  externalKey: string | null
}

export interface KnownCustomer {
  id: string
  name: string
  phone: string | null
  phoneGiven: string | null
  email: string | null
  country: string | null
  externalKey: string | null
}

/** Reads the buyer of an event; a national number is read by the billing country, else by the shop's region. */
export function identityOf(facts: CustomerFacts | undefined, source: string, region: string): CustomerIdentity {
  const country = facts?.country?.toUpperCase().match(/^[A-Z]{2}$/)?.[0] ?? null
  const phone = toE164(facts?.phone, country ?? region)
  const email = facts?.email?.trim().toLowerCase() || null
  const externalKey = facts?.externalId ? `${source} ${facts.externalId}` : null
  return {
    key: phone ?? email ?? externalKey,
    name: cut(facts?.name, 200),
    phone,
    phoneGiven: cut(facts?.phone, 80),
    email,
    country,
    externalKey,
  }
}

/** At most `max` UTF-16 units; half a surrogate pair at the end cannot be stored. */
const cut = (text: string | undefined, max: number): string | null =>
  text
    ?.trim()
    .slice(0, max)
    .replace(/[\ud800-\udbff]$/, '') || null

export interface Matched extends KnownCustomer {
  isNew: boolean
  isChanged: boolean
}

/**
 * Which customer each identity means, out of those known and those it makes on the way.
 * A number decides; a customer who has another number is another person, whatever the e-mail says.
 */
export function matchCustomers(
  identities: readonly CustomerIdentity[],
  known: readonly KnownCustomer[],
  makeId: () => string,
): { customers: Matched[]; ids: (string | null)[] } {
  const customers = new Roll(known.map((c) => ({ ...c, isNew: false, isChanged: false })))
  const ids = identities.map((identity) => {
    if (identity.key === null && !identity.name) return null
    const found = customers.find(identity)
    if (found) {
      update(found, identity)
      customers.note(found)
      return found.id
    }
    const customer = made(identity, makeId())
    customers.add(customer)
    return customer.id
  })
  return { customers: customers.list, ids }
}

/** Customers in the order in which they became known, found by each of their keys. */
class Roll {
  readonly list: Matched[] = []
  readonly #places = new Map<Matched, number>()
  readonly #byKey = new Map<string, Set<Matched>>()

  constructor(known: readonly Matched[]) {
    for (const customer of known) this.add(customer)
  }

  add(customer: Matched): void {
    this.#places.set(customer, this.list.push(customer))
    this.note(customer)
  }

  /** A key that a customer gave up is looked past when it is found. */
  note(customer: Matched): void {
    for (const key of KEYS) {
      if (customer[key] === null) continue
      const word = `${key} ${customer[key]}`
      this.#byKey.set(word, (this.#byKey.get(word) ?? new Set()).add(customer))
    }
  }

  find(identity: CustomerIdentity): Matched | undefined {
    return (
      this.#first('phone', identity, () => true) ??
      this.#first('email', identity, ({ phone }) => identity.phone === null || phone === null) ??
      this.#first('externalKey', identity, ({ phone }) => identity.phone === null || phone === null)
    )
  }

  #first(key: Key, identity: CustomerIdentity, isFree: (c: Matched) => boolean): Matched | undefined {
    const found = [...(this.#byKey.get(`${key} ${identity[key]}`) ?? [])]
      .filter((c) => c[key] === identity[key] && isFree(c))
      .sort((a, b) => this.#places.get(a)! - this.#places.get(b)!)
    return found[0]
  }
}
const KEYS = ['phone', 'email', 'externalKey'] as const
type Key = (typeof KEYS)[number]

const made = ({ key: _, name, ...facts }: CustomerIdentity, id: string): Matched => ({
  id,
  name: name ?? '',
  ...facts,
  isNew: true,
  isChanged: false,
})

/** The latest word wins; what an event does not say stays. */
function update(customer: Matched, { key: _, ...told }: CustomerIdentity): void {
  const next = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null))
  // the source's id is who it was first known as; another source's id does not replace it
  if (customer.externalKey !== null) delete next.externalKey
  const differs = Object.entries(next).some(([name, value]) => customer[name as keyof KnownCustomer] !== value)
  if (!differs) return
  Object.assign(customer, next)
  customer.isChanged = !customer.isNew
}
