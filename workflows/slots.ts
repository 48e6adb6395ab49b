/** A number of places shared by all senders of a process. Whoever comes takes at most half of what is free, at least one:
 *  so one that keeps its places long leaves some to the others. */
export class Slots {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(size: number) {
    this.#free = size
  }

  /** Takes up to `wanted` places, waiting while there are none; answers how many. */
  async take(wanted: number): Promise<number> {
    while (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    const taken = Math.min(wanted, Math.ceil(this.#free / 2))
    this.#free -= taken
    return taken
  }

  give(count: number): void {
    this.#free += count
    for (const resolve of this.#waiting.splice(0)) resolve()
  }
}

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
      const timer = setTimeout(resolve, maxMs)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = () => {}
  }
}
