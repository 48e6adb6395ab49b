import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'

// some plans allow longer numbers than the world's networks carry
const E164 = /^\+[1-9]\d{3,14}$/

/** The number in E.164 (`+380671234567`), or null when no text can be sent to it.
 *  People write it nationally, internationally or after `00`; words beside it and an extension are left out.
 *  `region`, ISO 3166-1 alpha-2, decides how a national number is read; an unknown one leaves international forms only.
 *  A number is used if its length is possible there: whether it is in service nobody can tell. Source: design.md 5. */
export function toE164(raw: string | undefined | null, region: string): string | null {
  // 00 means "abroad" to most buyers, also where the region itself dials another prefix
  const text = (raw ?? '')
    .normalize('NFKC')
    .trim()
    .replace(/^00[\s-]*/, '+')
  const home = region.trim().toUpperCase()
  const phone = parsePhoneNumberFromString(text, isSupportedCountry(home) ? home : undefined)
  if (!phone?.isPossible() || !E164.test(phone.number)) return null
  // zeros that shrink at each reading would make one buyer into several; what was read as it is does not shrink
  if (phone.number === text) return text
  return parsePhoneNumberFromString(phone.number)?.number === phone.number ? phone.number : null
}
