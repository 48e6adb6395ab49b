/** One measured figure beside its goal. */
export interface Figure {
  name: string
  unit: string
  measured: number
  /** At most this. */
  goal: number
  holds: boolean
}

/** Measures with servers of its own. */
export type Bench = () => Promise<Figure[]>

export const atMost = (name: string, unit: string, goal: number, measured: number): Figure => ({
  name,
  unit,
  goal,
  measured,
  holds: measured <= goal,
})

export const best = (runs: readonly number[]): number => Math.min(...runs)
