/** How long one waits for half of all places before it makes do with less, in ms: about a hand-over. */
const PATIENCE_MS = 20

/**
 * A number of places shared by all senders of a process. Each turn costs statements of its own, so whoever wants many
 * waits a moment for half of all places; after that he takes at most half of what is free, at least one: so one that
 * keeps its places long leaves some to the others.
 */
export class Slots {
  readonly #half: number
  #free: number
  readonly #waiting = new Set<Pause>()

  constructor(size: number) {
    this.#half = Math.ceil(size / 2)
    this.#free = size
  }

  /** Takes up to `wanted` places, waiting while there are none; answers how many. */
  async take(wanted: number): Promise<number> {
    const enough = Math.min(wanted, this.#half)
    if (this.#free < enough) await this.#change(PATIENCE_MS, enough)
    while (this.#free === 0) await this.#change(Number.POSITIVE_INFINITY, 1)
    const taken = this.#free >= enough ? enough : Math.ceil(this.#free / 2)
    this.#free -= taken
    return taken
  }

  /** As many places as a patient one would get, if they are free now; else 0. One that is `quick` gets all that are free. */
  tryTake(wanted: number, quick = false): number {
    const enough = Math.min(wanted, this.#half)
    if (this.#free < enough) return 0
    const taken = quick ? Math.min(wanted, this.#free) : enough
    this.#free -= taken
    return taken
  }

  give(count: number): void {
    this.#free += count
    for (const pause of this.#waiting) pause.end()
  }

  /** Until so many are free, at most so long. */
  async #change(maxMs: number, enough: number): Promise<void> {
    const pause = new Pause()
    this.#waiting.add(pause)
    const endsAtMs = performance.now() + maxMs
    for (let leftMs = maxMs; this.#free < enough && leftMs > 0; leftMs = endsAtMs - performance.now()) {
      pause.begin()
      await pause.sleep(leftMs)
    }
    this.#waiting.delete(pause)
  }
}

const TIMER_MAX_MS = 3_600_000

/** A sleep that can be ended early, also by a word that came before it began. */
export class Pause {
  #ended = false
  #wake = () => {}

  /** From here on a word counts for the next sleep. */
  begin(): void {
    this.#ended = false
  }

  end(): void {
    this.#ended = true
    this.#wake()
  }

  async sleep(maxMs: number): Promise<void> {
    if (this.#ended) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(maxMs, TIMER_MAX_MS))
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = () => {}
  }
}
