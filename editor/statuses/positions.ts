import type { StatusCount } from '../orders/order-queries.ts'

type Placed = Pick<StatusCount, 'type' | 'code' | 'group' | 'container'>

/** Those that a status can change places with: of its type, its group and its container. */
const neighboursOf = <S extends Placed>(statuses: readonly S[], { type, group, container }: Placed): S[] =>
  statuses.filter((s) => s.type === type && s.group === group && s.container === container)

/** Where a status stands among its neighbours, from 1, and how many they are. */
export function placeOf(statuses: readonly Placed[], status: Placed): { place: number; count: number } {
  const list = neighboursOf(statuses, status)
  return { place: list.findIndex(({ code }) => code === status.code) + 1, count: list.length }
}

/**
 * All statuses after one was moved to the place of a neighbour, those between making room; null when it stays where it
 * is, as at an end or when `to` is no neighbour.
 */
export function movedTo<S extends Placed>(statuses: readonly S[], status: Placed, to: string): S[] | null {
  const list = neighboursOf(statuses, status)
  const from = list.findIndex(({ code }) => code === status.code)
  const target = list.findIndex(({ code }) => code === to)
  if (from < 0 || target < 0 || from === target) return null
  const order = list.toSpliced(from, 1).toSpliced(target, 0, list[from]!)
  const places = list.map((s) => statuses.indexOf(s))
  return statuses.map((s, i) => (places.includes(i) ? order[places.indexOf(i)]! : s))
}

/** The neighbour one place up or down; undefined at the end. */
export function neighbour<S extends Placed>(statuses: readonly S[], status: Placed, by: -1 | 1): S | undefined {
  const list = neighboursOf(statuses, status)
  return list[list.findIndex(({ code }) => code === status.code) + by]
}
