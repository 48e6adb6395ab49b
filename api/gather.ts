import { isOutage } from '../db/outage.ts'

interface Waiting<Item, Result> {
  item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}

/**
 * Lets calls that come while one is under way share the next, so that a burst of small ones becomes a few large ones,
 * while a lone one starts at once. `work` takes at most `max` items of one key, in the order they came, and answers one
 * result each; it always begins after its items came. Where it fails for several, each is tried alone.
 */
export function gather<Item, Result>(
  keyOf: (item: Item) => string,
  work: (items: Item[]) => Promise<Result[]>,
  max: number,
): (item: Item) => Promise<Result> {
  const lanes = new Map<string, Waiting<Item, Result>[]>()

  async function drive(key: string, lane: Waiting<Item, Result>[]): Promise<void> {
    while (lane.length > 0) await settle(lane.splice(0, max))
    lanes.delete(key)
  }

  async function settle(group: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await work(group.map(({ item }) => item))
      for (const [i, { resolve }] of group.entries()) resolve(results[i]!)
    } catch (error) {
      // what is away is away for each of them
      if (group.length === 1 || isOutage(error)) for (const { reject } of group) reject(error)
      else for (const one of group) await settle([one])
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      const key = keyOf(item)
      const waiting = { item, resolve, reject }
      const lane = lanes.get(key)
      if (lane) {
        lane.push(waiting)
        return
      }
      const opened = [waiting]
      lanes.set(key, opened)
      void drive(key, opened)
    })
}
