import { createContext, useContext } from 'react'

/** What is wrong at a path of the conditions that stand open, as a sentence; null while nothing is. */
export type ProblemAt = (path: string) => string | null

export const FilterProblems = createContext<ProblemAt>(() => null)

export const useFilterProblem = (path: string): string | null => useContext(FilterProblems)(path)
