/** Signs that word processors put in, and the plain ones of the basic alphabet that say the same. Source: GSM 03.38. */
const PLAIN: Record<string, string> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '–': '-',
  '—': '-',
  '−': '-',
  '•': '-',
  '…': '...',
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\u200b': '',
}

/** The text with plain signs, which makes it shorter to send. */
export const inPlainSigns = (text: string): string => [...text].map((sign) => PLAIN[sign] ?? sign).join('')

/** Whether every one of the characters has a plain twin. */
export const allHavePlain = (characters: readonly string[]): boolean =>
  characters.length > 0 && characters.every((character) => Object.hasOwn(PLAIN, character))
