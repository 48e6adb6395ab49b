import { toE164 } from '../../db/model/phone.ts'

const REPLY_MAX_BYTES = 20_000
/** Numbers without a plus and a leading zero are international from so many digits on. */
const INTERNATIONAL_DIGITS_MIN = 11

/** The phone that Kannel names, in E.164; null for what is no phone. Gateways write it with a plus, without, after 00
 *  or as people of its country do; where `+` got lost on the way a space stands for it. */
export function phoneOf(from: string, region: string): string | null {
  const raw = from.trim()
  const isInternational = /^[1-9]\d*$/.test(raw) && raw.length >= INTERNATIONAL_DIGITS_MIN
  return (isInternational ? toE164(`+${raw}`, region) : null) ?? toE164(raw, region) ?? toE164(`+${raw}`, region)
}

/** Why a text did not arrive, of what an SMS centre said; undefined when it gave no reason.
 *  The rest is left out, as SMPP centres repeat the text. Source: SMPP 3.4, appendix B; Kannel's "NACK/…". */
export function reasonIn(answer: string): string | undefined {
  const [, stat] = /\bstat:\s*(\w{1,20})/i.exec(answer) ?? []
  const [, err] = /\berr:\s*(\w{1,20})/i.exec(answer) ?? []
  if (stat) return err ? `${stat}, error ${err}` : stat
  const [, nack] = /^NACK\/([\w .:-]{1,100})/.exec(answer) ?? []
  return nack?.trim() || undefined
}

/** The `text` of an address in the bytes of `charset`, as it can be stored. Unicode texts come as UTF-16, which no query
 *  parser reads. An unknown charset is read as UTF-8. */
export function textIn(url: string, charset: string): string {
  const [, encoded = ''] = /[?&]text=([^&#]*)/.exec(url) ?? []
  const bytes = Buffer.from(
    encoded.replaceAll('+', ' ').replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
  return decoderOf(charset).decode(bytes.subarray(0, REPLY_MAX_BYTES)).replaceAll('\0', '')
}

function decoderOf(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder()
  }
}
