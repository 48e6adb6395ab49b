import { AXES, type Axis, MEANINGS, type Meaning } from './status.ts'

/** Words as lists of statuses spell them; compared by `wordKey`, in English, Ukrainian and Russian. */
const words = (text: string): string[] => text.split(', ')

/** How a column or key of a list is called, the surest names first. */
const HEADERS = {
  name: words(
    'name, status name, title, label, назва, назва статусу, название, название статуса, наименование, имя, status, статус',
  ),
  code: words('code, alias, slug, key, код, псевдонім, псевдоним, аліас, алиас, символьный код, символьний код'),
  group: words(
    'group name, group, status group, category, stage, kind, meaning, група, назва групи, група статусів, категорія, етап, вид, значення, группа, название группы, группа статусов, категория, этап, значение',
  ),
  type: words('type, status type, axis, тип, тип статусу, тип статуса'),
  active: words('active, is active, enabled, активний, активно, увімкнено, активен, активный, включен'),
} satisfies Record<string, string[]>
export type Header = keyof typeof HEADERS

/** The columns of a list by what they hold, each as its places in order of trust. */
export function findHeaders(names: readonly string[]): Partial<Record<Header, number[]>> {
  const keys = names.map(wordKey)
  const places = (known: readonly string[]) =>
    known.flatMap((word) => keys.flatMap((key, i) => (key === word ? [i] : [])))
  const found = Object.entries(HEADERS).map(([header, known]) => [header, places(known)] as const)
  return Object.fromEntries(found.filter(([, at]) => at.length > 0))
}
/** For people who must name their columns. */
export const HEADER_HINT = 'name, code, group and type'

const TYPES: Record<Axis, string[]> = {
  general: words(
    'order, orders, order status, main, замовлення, статус замовлення, загальний, основний, заказ, статус заказа, общий, основной',
  ),
  delivery: words('shipping, shipment, delivery status, доставка, статус доставки, доставка замовлення'),
  payment: words('payments, payment status, оплата, платіж, статус оплати, платеж, статус оплаты'),
}

/** What lists call our groups and kinds. What a word leaves open is not in here, so that people are asked. */
export const MEANT: Record<Axis, Partial<Record<Meaning, string>>> = {
  general: {
    processing:
      'new, in processing, approval, pending, pending payment, on hold, call back, новий, нові, нове, погодження, узгодження, обробка, в обробці, обробка замовлення, новый, новые, новое, согласование, обработка, в обработке',
    spam: 'double, doubles, duplicate, errors, spam / double, спам, дубль, дублі, дублікат, дублікати, помилка, помилки, дубли, дубликат, дубликаты, ошибка, ошибки',
    accepted:
      'confirmed, agreed, in progress, production, assembling, assembled, assembly, packing, прийнято, прийняті, підтверджено, підтверджені, узгоджено, виробництво, комплектація, збирання, пакування, принят, принято, принятые, подтвержден, подтверждено, согласовано, производство, комплектация, комплектуется, укомплектован, сборка, упаковка',
    sent: 'shipped, delivery, shipping, in delivery, in transit, departing, delivering, доставка, доставляється, передано в доставку, відправлено, відправлені, відправка, в дорозі, отправлен, отправлено, отправленные, отправка, доставляется, передан в доставку, в доставке, в пути',
    cancelled:
      'cancel, canceled, cancellation, rejected, failed, відміна, відмінено, скасовано, скасовані, скасування, відмова, отмена, отменен, отменено, отмененные, отказ',
    paid: 'complete, completed, done, success, successful, виконано, виконані, виконаний, завершено, завершені, успішно, успішні, оплачено, выполнен, выполнено, выполненные, завершен, завершенные, успешно, успешные, оплачен',
    return:
      'returned, returns, refund, refunded, повернення, повернено, повернуто, возврат, возвраты, возвращен, возвращено',
  },
  delivery: {
    not_shipped: 'unshipped, new, не відправлено, нове, не отправлен, не отправлено, новый',
    preparing:
      'packing, in preparation, assembling, готується, комплектується, пакується, пакування, готовится, комплектуется, упаковка',
    shipped:
      'sent, in transit, departing, in delivery, відправлено, в дорозі, у дорозі, доставляється, передано в доставку, отправлен, отправлено, в пути, доставляется, передан в доставку',
    at_delivery_point:
      'at pickup point, arrived, ready for pickup, прибув у відділення, прибуло у відділення, у відділенні, в пункте выдачи, прибыл в пункт выдачи, готов к выдаче',
    delivered: 'received, доставлено, отримано, вручено, доставлен, получен, вручен',
    returned: 'return, повернено, повернення, повертається, возвращен, возврат, возвращается',
    cancelled: 'canceled, cancel, скасовано, відмінено, отменен, отменено, отмена',
  },
  payment: {
    unpaid: 'not paid, new, не оплачено, не сплачено, неоплачено, не оплачен, неоплачен',
    awaiting:
      'awaiting payment, waiting for payment, invoice, invoice issued, очікує оплати, очікується оплата, рахунок виставлено, виставлено рахунок, ожидает оплаты, ожидается оплата, выставлен счет, счет выставлен',
    held: 'hold, on hold, authorized, заморожено, заблоковано, холд, заморожен',
    partially_paid:
      'partly paid, prepaid, частково оплачено, передоплата, передплата, частично оплачен, частично оплачено, предоплата',
    paid: 'completed, оплачено, сплачено, оплачен, оплата получена, платеж проведен',
    partially_refunded: 'partly refunded, частково повернено, частично возвращен, частичный возврат',
    refunded:
      'refund, returned, повернено, повернення, повернуто кошти, возвращен, возврат, возврат чека, чек возвращен',
    cancelled:
      'canceled, cancel, failed, fail, error, помилка, ошибка, скасовано, відмінено, отменен, отменено, отмена',
  },
}

/** A word without case, accents of writing, and what joins it: `in_transit`, `isActive` and `IN  TRANSIT` are two words. */
export const wordKey = (word: string): string =>
  word
    .normalize('NFC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/['’ʼ`]/g, '')
    .replace(/[\s_-]+/g, ' ')
    .trim()

const BY_TYPE = new Map(AXES.flatMap((axis) => [axis, ...TYPES[axis]].map((word) => [word, axis] as const)))
/** The type of status that a list's word means; undefined for a word that nobody knows. Source: S1-03. */
export const typeMeant = (word: string): Axis | undefined => BY_TYPE.get(wordKey(word))

const meantOn = (axis: Axis): Map<string, Meaning> =>
  new Map(
    MEANINGS[axis].flatMap((meaning) =>
      [wordKey(meaning), ...words(MEANT[axis][meaning] ?? '')].map((word) => [word, meaning] as const),
    ),
  )
const BY_MEANING = { general: meantOn('general'), delivery: meantOn('delivery'), payment: meantOn('payment') }
/** The group or kind that a list's word means; undefined for a word that nobody knows. Source: S0-11. */
export const meaningMeant = (axis: Axis, word: string): Meaning | undefined => BY_MEANING[axis].get(wordKey(word))

const NO = new Set(words('false, no, 0, off, inactive, ні, неактивний, вимкнено, нет, неактивен, неактивный, выключен'))
/** Whether a list says that a status is not used any more. */
export const isSwitchedOff = (word: string): boolean => NO.has(wordKey(word))
