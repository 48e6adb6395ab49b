import type { Campaign } from './campaign-schema.ts'
import type { Period } from './period.ts'
import type { Axis } from './status.ts'

/** What orders of the demo say of where they came from. */
export const DEMO_SOURCE = 'demo'
/** Which demo is made; another number makes another one of the same kind. */
export const DEMO_SEED = 7
const DAY_MS = 86_400_000
const FIRST_NUMBER = 1001
/** Prices in cents. */
const PRICES = [1290, 1900, 2490, 3450, 4200, 5900, 7990, 12_500, 18_000]
const ITEMS_MAX = 3
const PAYMENT_METHODS = ['Card', 'Cash on delivery', 'Bank transfer']

/** Who buys: a name, the part of the e-mail address that is theirs, and whether they gave a number. */
const BUYERS = {
  Ukrainian: [
    ['Олена Коваленко', 'olena.kovalenko', true],
    ['Андрій Шевчук', 'andrii.shevchuk', true],
    ['Ірина Бондаренко', 'iryna.bondarenko', true],
    ['Тарас Мельник', 'taras.melnyk', true],
    ['Наталія Ткачук', 'nataliia.tkachuk', true],
    ['Дмитро Кравець', 'dmytro.kravets', true],
    ['Оксана Лисенко', 'oksana.lysenko', true],
    ['Богдан Савчук', 'bohdan.savchuk', false],
    ['Софія Гончар', 'sofiia.honchar', true],
    ['Юрій Поліщук', 'yurii.polishchuk', true],
    ['Катерина Руденко', 'kateryna.rudenko', true],
    ['Марія Іваненко', 'mariia.ivanenko', true],
  ],
  Greek: [
    ['Ελένη Παπαδοπούλου', 'eleni.papadopoulou', true],
    ['Γιώργος Νικολάου', 'giorgos.nikolaou', true],
    ['Μαρία Αντωνίου', 'maria.antoniou', true],
    ['Κώστας Δημητρίου', 'kostas.dimitriou', true],
    ['Σοφία Καραγιάννη', 'sofia.karagianni', true],
    ['Νίκος Βασιλείου', 'nikos.vasileiou', true],
    ['Άννα Χρήστου', 'anna.christou', false],
    ['Πέτρος Οικονόμου', 'petros.oikonomou', true],
  ],
  English: [
    ['Ann Lee', 'ann.lee', true],
    ['James Carter', 'james.carter', true],
    ['Emily Walker', 'emily.walker', true],
    ['Daniel Brooks', 'daniel.brooks', true],
    ['Grace Miller', 'grace.miller', false],
    ['Oliver Hughes', 'oliver.hughes', true],
    ['Chloe Bennett', 'chloe.bennett', true],
    ['Samuel Reed', 'samuel.reed', true],
    ['Hannah Foster', 'hannah.foster', true],
    ['Lucas Grant', 'lucas.grant', false],
  ],
} as const satisfies Record<string, readonly (readonly [name: string, mailbox: string, hasPhone: boolean])[]>

/** Numbers that are kept for examples, by who buys. Source: NANP 555-0100 to 0199; the Ukrainian ones are all zeros. */
const PHONE_OF = {
  Ukrainian: (n: number) => `+3805000000${String(n + 1).padStart(2, '0')}`,
  Greek: (n: number) => `+1718555${String(100 + n).padStart(4, '0')}`,
  English: (n: number) => `+1212555${String(100 + n).padStart(4, '0')}`,
} satisfies Record<keyof typeof BUYERS, (n: number) => string>

/** How orders came to where they stand: how many went this way, how many days ago at most, and each change since. */
const WAYS: readonly { count: number; days: number; changes: readonly (readonly [Axis, string])[] }[] = [
  { count: 9, days: 2, changes: [] },
  { count: 4, days: 3, changes: [['general', 'call-back']] },
  { count: 2, days: 12, changes: [['general', 'spam']] },
  {
    count: 6,
    days: 4,
    changes: [
      ['general', 'accepted'],
      ['payment', 'awaiting'],
    ],
  },
  {
    count: 6,
    days: 5,
    changes: [
      ['general', 'call-back'],
      ['general', 'accepted'],
      ['payment', 'paid'],
      ['delivery', 'preparing'],
    ],
  },
  {
    count: 3,
    days: 8,
    changes: [
      ['general', 'accepted'],
      ['payment', 'awaiting'],
      ['delivery', 'preparing'],
      ['general', 'sent'],
      ['delivery', 'shipped'],
    ],
  },
  {
    count: 2,
    days: 8,
    changes: [
      ['general', 'accepted'],
      ['payment', 'awaiting'],
      ['general', 'sent'],
      ['delivery', 'shipped'],
      ['general', 'waiting-for-payment'],
    ],
  },
  {
    count: 4,
    days: 9,
    changes: [
      ['general', 'accepted'],
      ['payment', 'paid'],
      ['general', 'sent'],
      ['delivery', 'shipped'],
      ['delivery', 'at-delivery-point'],
    ],
  },
  {
    count: 4,
    days: 18,
    changes: [
      ['general', 'call-back'],
      ['general', 'cancelled'],
      ['delivery', 'delivery-cancelled'],
      ['payment', 'payment-cancelled'],
    ],
  },
  {
    count: 7,
    days: 21,
    changes: [
      ['general', 'accepted'],
      ['general', 'sent'],
      ['delivery', 'shipped'],
      ['delivery', 'delivered'],
      ['payment', 'paid'],
      ['general', 'paid'],
    ],
  },
  {
    count: 3,
    days: 21,
    changes: [
      ['general', 'accepted'],
      ['payment', 'held'],
      ['general', 'sent'],
      ['delivery', 'shipped'],
      ['general', 'return'],
      ['delivery', 'returned'],
      ['payment', 'refunded'],
    ],
  },
]
const ORDERS = WAYS.reduce((sum, { count }) => sum + count, 0)

/** The numbers of all orders of the demo; no shop's orders are called like that. */
export const DEMO_NUMBERS = Array.from({ length: ORDERS }, (_, i) => `T-${FIRST_NUMBER + i}`)

export interface DemoOrder {
  number: string
  customer: { name: string; email: string; phone?: string }
  /** Decimal text, in the workspace's currency. */
  total: string
  paymentMethod: string
  createdAtMs: number
  /** What came after its beginning, oldest first, all before now. */
  changes: { axis: Axis; code: string; atMs: number }[]
}

/** The orders of a demo shop over the three weeks before `nowMs`, oldest first; the same for the same seed. */
export function demoOrders(seed: number, nowMs: number): DemoOrder[] {
  const random = randomOf(seed)
  const among = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const buyers = buyersOf()
  const shuffled = buyers
    .map((buyer) => ({ buyer, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ buyer }) => buyer)
  const begun = WAYS.flatMap(({ count, days, changes }) =>
    Array.from({ length: count }, () => {
      const createdAtMs = Math.floor(nowMs - days * DAY_MS * (0.1 + 0.9 * random()))
      const stepMs = (nowMs - createdAtMs) / (changes.length + 1)
      const atMs = (i: number) => Math.floor(createdAtMs + stepMs * (i + 0.2 + 0.8 * random()))
      const items = Array.from({ length: 1 + Math.floor(random() * ITEMS_MAX) }, () => among(PRICES))
      return {
        total: (items.reduce((sum, cents) => sum + cents, 0) / 100).toFixed(2),
        paymentMethod: among(PAYMENT_METHODS),
        createdAtMs,
        changes: changes.map(([axis, code], i) => ({ axis, code, atMs: atMs(i) })),
      }
    }),
  ).sort((a, b) => a.createdAtMs - b.createdAtMs)
  // everybody buys once, some again
  return begun.map((order, i) => ({
    number: DEMO_NUMBERS[i]!,
    customer: shuffled[i] ?? among(buyers),
    ...order,
  }))
}

function buyersOf(): DemoOrder['customer'][] {
  return (Object.keys(BUYERS) as (keyof typeof BUYERS)[]).flatMap((people) =>
    BUYERS[people].map(([name, mailbox, hasPhone], n) => ({
      name,
      email: `${mailbox}@example.com`,
      ...(hasPhone && { phone: PHONE_OF[people](n) }),
    })),
  )
}

/** Numbers from 0 to 1 that follow from a seed. Source: Mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Where orders go that stand somewhere for too long. Source: S0-24, S0-25. */
export const DEMO_TIMEOUTS: readonly { code: string; after: Period; to: string }[] = [
  { code: 'processing', after: { amount: 2, unit: 'week' }, to: 'cancelled' },
  { code: 'waiting-for-payment', after: { amount: 1, unit: 'month' }, to: 'return' },
]

/** What a click sets off: an order that is sent makes its customer's phone ring. */
export const DEMO_CAMPAIGN: { name: string; draft: Campaign } = {
  name: 'Order sent → tell the customer',
  draft: {
    steps: [
      {
        id: 'sent',
        kind: 'order_status_changed',
        type: 'general',
        from: { statuses: ['accepted'] },
        to: { statuses: ['sent'] },
        includingCreation: false,
        leaveWhenStatusChanges: true,
        next: { out: 'reachable' },
      },
      {
        id: 'reachable',
        kind: 'filter_customers',
        title: 'Has a phone number',
        where: { combinator: 'and', rules: [{ field: 'customer.phone', operator: 'isGiven' }] },
        next: { yes: 'moment', no: null },
      },
      { id: 'moment', kind: 'wait', for: 'PT3S', next: { out: 'text' } },
      {
        id: 'text',
        kind: 'send_sms',
        message: 'Hi {{ customer.first_name }}, your order {{ order.number }} is on its way. {{ shop.name }}',
        next: { out: null },
      },
    ],
  },
}

/** A draft that shows a branch. */
export const DEMO_DRAFT: typeof DEMO_CAMPAIGN = {
  name: 'Payment reminder',
  draft: {
    steps: [
      {
        id: 'accepted',
        kind: 'order_status_changed',
        type: 'general',
        from: 'any',
        to: { statuses: ['accepted'] },
        includingCreation: true,
        leaveWhenStatusChanges: true,
        next: { out: 'day' },
      },
      { id: 'day', kind: 'wait', for: 'P1D', next: { out: 'large' } },
      {
        id: 'large',
        kind: 'filter_customers',
        title: 'Order of 100 or more',
        where: { combinator: 'and', rules: [{ field: 'order.total', operator: 'atLeast', value: 100 }] },
        next: { yes: 'call', no: 'remind' },
      },
      {
        id: 'call',
        kind: 'send_sms',
        title: 'Offer help',
        message:
          'Hi {{ customer.first_name }}, order {{ order.number }} over {{ order.total }} {{ order.currency }} waits for payment. Questions? Just reply.',
        next: { out: null },
      },
      {
        id: 'remind',
        kind: 'send_sms',
        title: 'Remind',
        message: 'Hi {{ customer.first_name }}, order {{ order.number }} is reserved for you until it is paid.',
        next: { out: null },
      },
    ],
  },
}
