import type { Store } from '../db/client.ts'
import { readChange, TOPICS, type Topic } from '../db/model/changes.ts'
import { RequestRefused } from './refusals.ts'

/** Pages of one workspace that listen at once, and of all. */
const LISTENERS_PER_WORKSPACE_MAX = 100
const LISTENERS_MAX = 1_000

/** Hears that something changed, and lets whoever waits for it know. */
export class Listener {
  #topics = new Set<Topic>()
  #wake = new AbortController()
  #end = new AbortController()

  /** Aborted when nothing more will be heard. */
  get ended(): AbortSignal {
    return this.#end.signal
  }

  /** Aborted as soon as there is something to take, or the end. */
  get stirred(): AbortSignal {
    return this.#wake.signal
  }

  hear(topics: Iterable<Topic>): void {
    for (const topic of topics) this.#topics.add(topic)
    this.#wake.abort()
  }

  /** What was heard since the last time, each topic once. */
  take(): Topic[] {
    const taken = [...this.#topics]
    this.#topics.clear()
    if (!this.ended.aborted) this.#wake = new AbortController()
    return taken
  }

  end(): void {
    this.#end.abort()
    this.#wake.abort()
  }
}

/** What changed in the store, told to however many pages over one connection to the database. */
export interface Changes {
  /**
   * Listens to a workspace until the listener ends.
   * @throws RequestRefused too_many_pages, unavailable
   */
  listen(workspaceId: string): Promise<Listener>
}

/** All listeners end when `stopping` is aborted. The database is listened to from the first one on. */
export function openChanges(store: Store, stopping = new AbortController().signal): Changes {
  const rooms = new Map<string, Set<Listener>>()
  let count = 0
  let listening: Promise<unknown> | undefined

  function hear(told: string | null): void {
    // what was told while nobody could listen may have been anything
    if (told === null) for (const listener of everybody()) listener.hear(TOPICS)
    const change = told === null ? null : readChange(told)
    if (change) for (const listener of rooms.get(change.workspaceId) ?? []) listener.hear([change.topic])
  }

  const everybody = () => [...rooms.values()].flatMap((room) => [...room])
  stopping.addEventListener('abort', () => {
    for (const listener of everybody()) listener.end()
  })

  function enter(workspaceId: string): Listener {
    const room = rooms.get(workspaceId) ?? new Set()
    if (room.size >= LISTENERS_PER_WORKSPACE_MAX) throw new RequestRefused('too_many_pages')
    if (count >= LISTENERS_MAX || stopping.aborted)
      throw new RequestRefused('unavailable', [], 'No more pages can listen now; try again in a moment.')
    const listener = new Listener()
    rooms.set(workspaceId, room.add(listener))
    count++
    listener.ended.addEventListener('abort', () => {
      count--
      room.delete(listener)
      if (room.size === 0 && rooms.get(workspaceId) === room) rooms.delete(workspaceId)
    })
    return listener
  }

  return {
    async listen(workspaceId) {
      listening ??= store.listen('tidings_changes', hear).catch((error) => {
        listening = undefined
        throw error
      })
      await listening
      return enter(workspaceId)
    },
  }
}
