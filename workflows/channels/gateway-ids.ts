/** Ids whose repeats are known: at least the last million, at most two. */
const IDS_KEPT_MIN = 1_000_000
const SLOTS_MIN = 1 << 16
/** A count stands still here. */
const COUNT_MAX = 0xffff

/** Says how often an id came before, and counts it; in bounded memory, as the older of two generations is forgotten
 *  whenever the younger is full. */
export function repeatCounter(idsKeptMin = IDS_KEPT_MIN): (id: string) => number {
  let young = new IdCounts()
  let old = new IdCounts()
  return (id) => {
    if (young.size >= idsKeptMin) {
      old = young
      young = new IdCounts()
    }
    return young.add(id) + old.countOf(id)
  }
}

/** Counts ids in 20 to 40 bytes each, a quarter of what a Map takes.
 *  An id is known by 64 bits: that any two of two million are taken for one has a chance of 1 in 9 million. */
export class IdCounts {
  size = 0
  #keys = new Uint32Array(2 * SLOTS_MIN)
  #counts = new Uint16Array(SLOTS_MIN)

  countOf(id: string): number {
    return this.size > 0 ? this.#counts[this.#slotOf(hash(id, SEED_HIGH), hash(id, SEED_LOW))]! : 0
  }

  /** Counts the id once more and says how often it was counted before. */
  add(id: string): number {
    const [high, low] = [hash(id, SEED_HIGH), hash(id, SEED_LOW)]
    const slot = this.#slotOf(high, low)
    const before = this.#counts[slot]!
    this.#put(slot, high, low, Math.min(before + 1, COUNT_MAX))
    if (before === 0 && ++this.size > this.#counts.length / 2) this.#grow()
    return before
  }

  #put(slot: number, high: number, low: number, count: number): void {
    this.#keys[2 * slot] = high
    this.#keys[2 * slot + 1] = low
    this.#counts[slot] = count
  }

  // where a key stands, or the free slot where it belongs; half of the slots are free, so one is found soon
  #slotOf(high: number, low: number): number {
    const mask = this.#counts.length - 1
    let slot = low & mask
    while (this.#counts[slot] !== 0 && (this.#keys[2 * slot] !== high || this.#keys[2 * slot + 1] !== low))
      slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const [keys, counts] = [this.#keys, this.#counts]
    this.#keys = new Uint32Array(2 * keys.length)
    this.#counts = new Uint16Array(2 * counts.length)
    for (const [slot, count] of counts.entries()) {
      const [high, low] = [keys[2 * slot]!, keys[2 * slot + 1]!]
      if (count > 0) this.#put(this.#slotOf(high, low), high, low, count)
    }
  }
}

const SEED_HIGH = 0x9e3779b1
const SEED_LOW = 0x5f356495

/** 32 bits of an id: FNV-1a with the seed as its multiplier, then the finish of MurmurHash3. */
function hash(id: string, seed: number): number {
  let bits = seed
  for (let i = 0; i < id.length; i++) bits = Math.imul(bits ^ id.charCodeAt(i), seed)
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}
