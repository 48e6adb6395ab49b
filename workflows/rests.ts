const REST_MIN_MS = 250
const REST_MAX_MS = 5_000

/** How long whoever failed so many times in a row is left alone. */
export const restMs = (failures: number): number => Math.min(REST_MAX_MS, REST_MIN_MS * 2 ** Math.min(failures, 10))

/** Who fails rests, and longer each time, until he succeeds; the others go on. */
export class Rests {
  readonly #failing = new Map<string, { times: number; untilMs: number }>()

  /** Answers how long it rests now. */
  fail(id: string, nowMs: number): number {
    const times = this.failures(id) + 1
    const ms = restMs(times)
    this.#failing.set(id, { times, untilMs: nowMs + ms })
    return ms
  }

  succeed(id: string): void {
    this.#failing.delete(id)
  }

  /** How often it failed since it last succeeded. */
  failures(id: string): number {
    return this.#failing.get(id)?.times ?? 0
  }

  resting(nowMs: number): string[] {
    return [...this.#failing].filter(([, { untilMs }]) => untilMs > nowMs).map(([id]) => id)
  }

  /** When the first of those that rest may be tried again; null when nobody rests. */
  nextEndMs(nowMs: number): number | null {
    const ends = [...this.#failing.values()].map(({ untilMs }) => untilMs).filter((untilMs) => untilMs > nowMs)
    return ends.length > 0 ? Math.min(...ends) : null
  }
}
