import type { Item } from '../statuses/items.ts'

/** Which orders are shown: those in one status, or in all of a container; all where neither is named. */
export interface Chosen {
  status?: string | undefined
  container?: string | undefined
}

/** The value of the tab of all orders, and what those of containers begin with; no code of a status begins like that. */
export const ALL = '*'

export const tabOfContainer = (container: string): string => `${ALL}${container}`
export const tabOf = (item: Item): string => ('status' in item ? item.status.code : tabOfContainer(item.container))

/** What a tab, or an entry of the list, stands for. */
export function chosenBy(tab: string | null): Chosen {
  if (tab === null || tab === ALL) return {}
  return tab.startsWith(ALL) ? { container: tab.slice(ALL.length) } : { status: tab }
}
