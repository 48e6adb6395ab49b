import type { OrdersSearch } from './order-queries.ts'

/** Orders that are chosen in a list: some of those shown, or all that the list has on any page. */
export interface Selection {
  numbers: ReadonlySet<string>
  isAll: boolean
}
export const NOTHING: Selection = { numbers: new Set(), isAll: false }
export const EVERYTHING: Selection = { numbers: new Set(), isAll: true }

export const isSelected = ({ numbers, isAll }: Selection, number: string): boolean => isAll || numbers.has(number)

/** What is left of a selection among the orders that a list shows now: what is not seen is not acted on. */
export const kept = ({ numbers, isAll }: Selection, shown: readonly string[]): Selection => ({
  numbers: new Set(shown.filter((number) => numbers.has(number))),
  isAll,
})

/** Chooses one order, or no longer. Of all on every page, those shown stay chosen but for this one. */
export function toggled(selection: Selection, number: string, shown: readonly string[]): Selection {
  const numbers = new Set(selection.isAll ? shown : selection.numbers)
  if (!numbers.delete(number)) numbers.add(number)
  return { numbers, isAll: false }
}

/** Chooses all that are shown; none where all are. */
export const toggledPage = (selection: Selection, shown: readonly string[]): Selection =>
  pageOf(selection, shown) === 'all' ? NOTHING : { numbers: new Set(shown), isAll: false }

/** How many of the orders shown are chosen. */
export function pageOf(selection: Selection, shown: readonly string[]): 'none' | 'some' | 'all' {
  const count = shown.filter((number) => isSelected(selection, number)).length
  return count === 0 ? 'none' : count < shown.length ? 'some' : 'all'
}

export const countOf = ({ numbers, isAll }: Selection, total: number): number => (isAll ? total : numbers.size)

/** The chosen orders as requests name them. */
export type ChosenOrders = { numbers: string[] } | { all: Omit<OrdersSearch, 'page' | 'archived'> }
export function chosenOf({ numbers, isAll }: Selection, { page: _, archived: __, ...all }: OrdersSearch): ChosenOrders {
  return isAll ? { all } : { numbers: [...numbers] }
}
