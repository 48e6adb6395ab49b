/** One measured figure beside its goal; without one it is told for the reader. */
export interface Figure {
  name: string
  unit: string
  measured: number
  goal?: number
  /** Whether more is better. */
  atLeast?: boolean
  holds: boolean
}

/** How large, where somebody wants it other than usual: `--size 100000`. */
export interface Options {
  size?: number
}

/** Measures with servers of its own. */
export type Bench = (options: Options) => Promise<Figure[]>

export const atMost = (name: string, unit: string, goal: number, measured: number): Figure => ({
  name,
  unit,
  measured,
  goal,
  holds: measured <= goal,
})

export const atLeast = (name: string, unit: string, goal: number, measured: number): Figure => ({
  ...atMost(name, unit, goal, measured),
  atLeast: true,
  holds: measured >= goal,
})

/** A figure that explains another and has no goal of its own. */
export const told = (name: string, unit: string, measured: number): Figure => ({ name, unit, measured, holds: true })

export const best = (runs: readonly number[]): number => Math.min(...runs)

/** The value that this share of all does not exceed; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}
