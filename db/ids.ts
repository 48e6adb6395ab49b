import { randomFillSync } from 'node:crypto'

/** Whether a text has the form of an id. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

let lastMs = 0
let count = 0

/** Randomness is drawn for many ids at once: one draw costs as much as a thousand bytes of it. */
const drawn = Buffer.alloc(16 * 256)
let used = drawn.length

/** A new UUID of version 7 (RFC 9562): ids made later sort later, those of one millisecond too, so indexes grow at their end. */
export function newId(nowMs: number = Date.now()): string {
  count = nowMs === lastMs ? (count + 1) & 0x0fff : 0
  lastMs = nowMs
  if (used === drawn.length) {
    randomFillSync(drawn)
    used = 0
  }
  const bytes = drawn.subarray(used, used + 16)
  used += 16
  bytes.writeUIntBE(nowMs, 0, 6)
  bytes.writeUInt16BE(0x7000 | count, 6)
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
