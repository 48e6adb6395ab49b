/** A whole text as it came to a phone. */
export interface PhoneText {
  from: string
  to: string
  text: string
  parts: number
}

/** How Kannel's fake network shows what it got: sender, receiver, an alphabet, and the text, with its header before it
 *  where it is a part of a longer one. */
const GOT = /Got message \d+: <(\S+) (\S+) (?:udh (\S+) data|(text|data|ucs-2)) ?(.*?)>\n/gs

/** All texts of which every part came. */
export function textsIn(log: string): PhoneText[] {
  const whole: PhoneText[] = []
  const open = new Map<string, Buffer[]>()
  for (const [, from, to, header, kind, body] of log.matchAll(GOT)) {
    if (kind === 'text') {
      whole.push({ from: from!, to: to!, text: body!, parts: 1 })
      continue
    }
    // the last three bytes of the header: which text, of how many parts, which of them
    const [text = 0, count = 1, place = 1] = header ? bytesOf(header).subarray(3) : []
    const key = `${from} ${to} ${text}`
    const parts = open.get(key) ?? []
    parts[place - 1] = bytesOf(body!)
    open.set(key, parts)
    if (Object.keys(parts).length < count) continue
    open.delete(key)
    whole.push({ from: from!, to: to!, text: wordsOf(Buffer.concat(parts)), parts: count })
  }
  return whole
}

const bytesOf = (encoded: string): Buffer =>
  Buffer.from(
    encoded.replaceAll('+', ' ').replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )

/** Parts do not say their alphabet; every other byte of our Unicode texts is low. */
const wordsOf = (bytes: Buffer): string =>
  bytes.some((byte) => byte < 10) ? new TextDecoder('utf-16be').decode(bytes) : bytes.toString('utf8')
