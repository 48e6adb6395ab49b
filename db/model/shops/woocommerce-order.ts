import { z } from 'zod'
import { toDecimal } from '../money.ts'

const NAME_MAX = 200
const WORD_MAX = 100
const COMMENT_MAX = 5_000
/** Fields named when a body is described, and characters of each. */
const FIELDS_SHOWN_MAX = 5
const FIELD_SHOWN_MAX = 30

/** A status slug as WooCommerce's REST interface says it: `wc-on-hold` and `on-hold` are one. */
export const bareSlug = (slug: string): string => slug.trim().toLowerCase().replace(/^wc-/, '')

// shops send numbers as text and text as numbers; Postgres takes neither NUL nor half a surrogate pair
const scalar = z.union([z.string(), z.number()]).transform((raw) =>
  String(raw)
    .replaceAll('\0', '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .trim(),
)
/** A text that may be cut. */
const prose = (max: number) =>
  scalar
    .transform((text) => text.slice(0, max).replace(/[\ud800-\udbff]$/, '') || undefined)
    .optional()
    .catch(undefined)
/** A text that means nothing when cut. */
const word = scalar
  .transform((text) => (text.length > WORD_MAX ? undefined : text || undefined))
  .optional()
  .catch(undefined)
const amount = z
  .union([z.string(), z.number()])
  .transform((raw) => toDecimal(raw) ?? undefined)
  .optional()
  .catch(undefined)

const Address = z.object({
  first_name: prose(NAME_MAX),
  last_name: prose(NAME_MAX),
  company: prose(NAME_MAX),
  country: word,
  email: prose(NAME_MAX),
  phone: word,
})

/** All that a body must have to name an order. */
export const WooId = z.object({
  id: scalar.pipe(z.string().regex(/^0*[1-9]\d{0,19}$/)).transform((id) => id.replace(/^0+/, '')),
})

/** What we read of an order as `GET /wc/v3/orders/{id}` gives it. Only `id` and `status` are required; a field that
 *  cannot be read counts as not told. Money is decimal text, `*_gmt` text without a zone. Source: shops.md 1.2. */
export const WooOrder = WooId.extend({
  status: scalar.transform(bareSlug).pipe(z.string().min(1).max(WORD_MAX)),
  number: word,
  currency: word,
  total: amount,
  customer_id: word,
  customer_note: prose(COMMENT_MAX),
  payment_method: word,
  payment_method_title: prose(NAME_MAX),
  date_created_gmt: word,
  date_modified_gmt: word,
  date_paid: word,
  date_paid_gmt: word,
  billing: Address.catch({}),
  shipping: Address.catch({}),
  refunds: z.array(z.object({ total: amount }).catch({})).catch([]),
})
export type WooOrder = z.infer<typeof WooOrder>

/** Why a body is not read as an order: the code for programs, the sentence for people. */
export interface WooProblem {
  code: StrangerCode | 'not_an_object' | 'is_a_list' | 'is_wrapped' | 'wrong_topic' | 'no_id' | 'no_status'
  detail: string
  /** The field that is missing, unreadable, or wraps the rest. */
  field?: string
}
type StrangerCode = 'not_an_order' | 'is_an_error' | 'is_a_note' | 'is_a_refund' | 'is_a_summary'

interface Stranger {
  code: StrangerCode
  /** Fields that it has and an order has not. */
  keys: string[]
  one: string
  many: string
  /** Has a status of its own, which is not an order's. */
  hasStatus?: true
}
/** What else a shop answers; the first row that fits names the thing. */
const STRANGERS: Stranger[] = [
  { code: 'not_an_order', keys: ['permalink'], one: 'a product', many: 'products', hasStatus: true },
  { code: 'not_an_order', keys: ['discount_type'], one: 'a coupon', many: 'coupons', hasStatus: true },
  { code: 'is_an_error', keys: ['code', 'message'], one: 'an error message', many: 'error messages' },
  { code: 'is_an_error', keys: ['error', 'message'], one: 'an error message', many: 'error messages' },
  { code: 'is_a_note', keys: ['note'], one: 'a note on an order', many: 'notes' },
  { code: 'is_a_refund', keys: ['amount', 'reason'], one: 'a refund', many: 'refunds' },
  { code: 'not_an_order', keys: ['tracking_number'], one: 'a shipment tracking', many: 'shipment trackings' },
  { code: 'not_an_order', keys: ['username'], one: 'a customer', many: 'customers' },
  { code: 'not_an_order', keys: ['slug', 'name'], one: 'a status', many: 'statuses' },
  { code: 'is_a_summary', keys: ['id', 'date_modified_gmt'], one: 'a summary without a status', many: 'summaries' },
]
const ORDER = { one: 'an order', many: 'orders' }

const WRAPPERS = ['data', 'order', 'orders', 'create', 'update', 'delete', 'response', 'result', 'payload']
const EXPECTED = 'a webhook carries one order as a JSON object'

/** The body as `schema` reads it, or in plain words what it is instead of an order. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): { value: T } | { problem: WooProblem } {
  const parsed = schema.safeParse(body)
  const isOrder = parsed.success && !(isObject(body) && strangerIn(body))
  return isOrder ? { value: parsed.data } : { problem: problemIn(body, parsed.error) }
}

function problemIn(body: unknown, error: z.ZodError | undefined): WooProblem {
  const detail = `This is ${nameOf(body)}; ${EXPECTED}.`
  if (Array.isArray(body)) return { code: 'is_a_list', detail }
  if (!isObject(body)) return { code: 'not_an_object', detail }
  const stranger = strangerIn(body)
  if (stranger) return { code: stranger.code, detail }
  const wrapper = wrapperIn(body)
  if (wrapper) {
    const inside = nameOf(body[wrapper])
    return {
      code: 'is_wrapped',
      detail: `This is an object whose "${wrapper}" holds ${inside}; ${EXPECTED}.`,
      field: wrapper,
    }
  }
  if (!isOrderLike(body) && !('id' in body)) return { code: 'not_an_order', detail }
  const field = error?.issues.some(({ path }) => path[0] === 'id') ? 'id' : 'status'
  const fault = field in body ? 'cannot be read' : 'is missing'
  return { code: `no_${field}`, detail: `This is ${nameOf(body)}, but its ${field} ${fault}; ${EXPECTED}.`, field }
}

/** What a value is, to follow "This is". */
function nameOf(value: unknown): string {
  if (Array.isArray(value)) return nameOfList(value)
  if (!isObject(value)) return value === null || value === undefined ? 'nothing' : `a ${typeof value}`
  const kind = kindOf(value)
  if (kind) return kind.one
  const fields = Object.keys(value).map((key) => JSON.stringify(key.slice(0, FIELD_SHOWN_MAX)))
  if (fields.length === 0) return 'an empty object'
  const more = fields.length > FIELDS_SHOWN_MAX ? ` and ${fields.length - FIELDS_SHOWN_MAX} more` : ''
  return `an object with ${fields.slice(0, FIELDS_SHOWN_MAX).join(', ')}${more}`
}

function nameOfList(list: unknown[]): string {
  const [first] = list
  const kind = isObject(first) ? kindOf(first) : undefined
  if (list.length > 1) return `a list of ${list.length} ${kind?.many ?? 'items'}`
  return list.length === 0 ? 'an empty list' : `a list that holds ${kind?.one ?? 'one item'}`
}

const kindOf = (body: Record<string, unknown>): { one: string; many: string } | undefined =>
  strangerIn(body) ?? (isOrderLike(body) ? ORDER : undefined)

function strangerIn(body: Record<string, unknown>): Stranger | undefined {
  if (isOrderLike(body)) return undefined
  return STRANGERS.find(({ keys, hasStatus }) => (hasStatus || !('status' in body)) && keys.every((key) => key in body))
}

const wrapperIn = (body: Record<string, unknown>): string | undefined =>
  WRAPPERS.find((key) => typeof body[key] === 'object' && body[key] !== null)

const isOrderLike = (body: Record<string, unknown>): boolean =>
  'order_key' in body || 'payment_method' in body || ('status' in body && ('total' in body || 'line_items' in body))

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
