import type { StatusCount } from '../orders/order-queries.ts'

/** What a list of statuses shows as one: a status, or a container with those that stand in it. Source: S0-30, S0-33. */
export type Item = { status: StatusCount } | { container: string; statuses: StatusCount[]; orders: number }

/** The items of a list, a container at the place of its first status. Its number is the sum of its statuses. */
export function itemsOf(statuses: readonly StatusCount[]): Item[] {
  const shown = new Set<string>()
  return statuses.flatMap((status): Item[] => {
    const { container } = status
    if (container === null) return [{ status }]
    if (shown.has(container)) return []
    shown.add(container)
    const within = statuses.filter((other) => other.container === container)
    return [{ container, statuses: within, orders: sumOf(within) }]
  })
}

/** Orders that stand in any of these. */
export const sumOf = (statuses: readonly StatusCount[]): number => statuses.reduce((sum, s) => sum + s.orders, 0)
