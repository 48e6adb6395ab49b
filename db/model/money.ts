/** Digits before the point that the store can hold: numeric(14,2). */
const WHOLE_DIGITS_MAX = 12
/** Characters of an amount with its currency; longer texts are not amounts. */
const AMOUNT_TEXT_MAX = 60

/** Words and signs that stand beside an amount: `$`, `US$`, `UAH`, `грн.`, `zł`. */
const CURRENCY = /(?:\p{L}{0,3}\p{Sc}|\p{L}{3}\.?|zł|kr\.?|kč|лв\.?)/u.source
const SIGNED = new RegExp(
  `^(?:${CURRENCY})?\\s*([-+]?)\\s*(?:${CURRENCY})?\\s*([\\d.,'’\\s]*\\d[.,]?)\\s*(?:${CURRENCY})?$`,
  'iu',
)

/** How amounts are written: whole part, decimals. The first form that fits decides which is which. */
const FORMS = [
  /^(\d*)\.?(\d*)$/, // 1234.5
  /^(\d{1,3}(?:[\s'’]\d{3})+)(?:[.,](\d*))?$/, // 1 234,50
  /^([1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d*))?$/, // 1,234.50, and 1,234: no shop writes thousandths
  /^([1-9]\d{0,2}(?:\.\d{3})+),(\d*)$/, // 1.234,50
  /^([1-9]\d{0,2}(?:\.\d{3}){2,})$/, // 1.234.567
  /^(\d*),(\d*)$/, // 1234,50
]

/** An amount as decimal text: a point, at most two digits after it, no grouping, no currency; `1713`, `-10.00`.
 *  Takes numbers and texts as shops write them; more digits are rounded half up, away from zero, never by floats.
 *  Null for anything else, and for more than twelve digits before the point. Source: shops.md 2, trap 5. */
export function toDecimal(raw: unknown): string | null {
  const text = typeof raw === 'number' ? textOf(raw) : typeof raw === 'string' ? raw.replace('−', '-').trim() : ''
  if (text.length > AMOUNT_TEXT_MAX) return null
  const [, sign, amount] = SIGNED.exec(text) ?? []
  const parts = amount === undefined ? undefined : FORMS.map((form) => form.exec(amount)).find((match) => match)
  if (!parts) return null
  const [whole = '', decimals] = round((parts[1] ?? '').replace(/\D/g, ''), parts[2] ?? '')
  if (whole.length > WHOLE_DIGITS_MAX) return null
  const decimal = decimals ? `${whole}.${decimals}` : whole
  return sign === '-' && /[1-9]/.test(decimal) ? `-${decimal}` : decimal
}

/** The amount in hundredths, exactly; `decimal` is what `toDecimal` gave. */
export function toHundredths(decimal: string): bigint {
  const [whole = '', decimals = ''] = decimal.split('.')
  return BigInt(whole + decimals.padEnd(2, '0'))
}

/** The shortest text that reads back as the number, without an exponent where the number can be an amount. */
function textOf(value: number): string {
  // below a millionth JavaScript turns to exponents, and nothing is left of it in cents
  return Math.abs(value) < 1e-6 ? '0' : String(value)
}

/** Whole part without leading zeros, and decimals as they were or rounded to two. */
function round(whole: string, decimals: string): string[] {
  if (decimals.length <= 2) return [whole.replace(/^0+(?=\d)/, '') || '0', decimals]
  const carry = decimals.charAt(2) >= '5' ? 1n : 0n
  const hundredths = String(BigInt(whole + decimals.slice(0, 2)) + carry).padStart(3, '0')
  return [hundredths.slice(0, -2), hundredths.slice(-2)]
}
