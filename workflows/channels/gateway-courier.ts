/** How often the courier looks for what is due; also what gathers receipts into one POST. */
const TICK_MS = 100
const POSTS_MAX = 32
const POSTS_PER_URL_MAX = 4
/** Receivers with something undelivered, and the parcels of all of them; above it `refusalTo` speaks. */
const URLS_MAX = 1_000
const PARCELS_MAX = 1_000_000
const ANSWER_WITHIN_MS = 10_000
const PAUSE_FIRST_MS = 250
const PAUSE_MAX_MS = 30_000
/** A parcel is given up when it was refused for a day. */
const RETRY_FOR_MS = 24 * 3_600_000
/** Answers by which a receiver says that it will never take it. */
const GONE = new Set([404, 410])

/** Something to deliver, and when at the earliest. */
export interface Parcel {
  dueAtMs: number
  giveUpAtMs?: number
}

/** Delivers parcels by POST until their receiver takes them with a 2xx, also while it is down for hours. */
export interface Courier<T extends Parcel> {
  /** Why nothing more can be carried to `url` now, or null. */
  refusalTo(url: string): string | null
  /** Takes charge of a parcel. Parcels of one url come in the order in which they are due. */
  deliver(url: string, parcel: T): void
  /** Starts nothing more and waits for the posts under way. */
  close(): Promise<void>
}

/** Parcels go `parcelsMax` in a POST whose JSON is `bodyOf` them; `settled` records those that need no further one:
 *  taken, or given up (404, 410, refused for a day). A receiver may get a parcel twice when we die before that record. */
export function openCourier<T extends Parcel>(options: {
  parcelsMax: number
  bodyOf: (parcels: T[]) => object
  settled: (parcels: T[], outcome: 'taken' | 'given_up') => Promise<unknown>
}): Courier<T> {
  const lanes = new Map<string, Lane<T>>()
  const posts = new Set<Promise<void>>()
  let parcels = 0
  let timer: NodeJS.Timeout | undefined
  let closed = false

  function tick(): void {
    timer = undefined
    const nowMs = Date.now()
    for (const lane of [...lanes.values()]) {
      while (posts.size < POSTS_MAX && mayPost(lane, nowMs)) start(lane, take(lane, options.parcelsMax, nowMs))
      if (isEmpty(lane)) lanes.delete(lane.url)
    }
    if (lanes.size > 0 && !closed) timer = setTimeout(tick, TICK_MS)
  }

  function start(lane: Lane<T>, batch: T[]): void {
    // who was served goes to the end: receivers in turn when there are more than posts
    lanes.delete(lane.url)
    lanes.set(lane.url, lane)
    lane.posting++
    const post = carry(lane, batch).finally(() => {
      lane.posting--
      posts.delete(post)
    })
    posts.add(post)
  }

  async function carry(lane: Lane<T>, batch: T[]): Promise<void> {
    const verdict = await postJson(lane.url, options.bodyOf(batch))
    if (verdict !== 'later') {
      lane.failures = 0
      parcels -= batch.length
      await options.settled(batch, verdict)
      return
    }
    const nowMs = Date.now()
    // posts that failed side by side are one failure
    if (lane.pausedUntilMs <= nowMs)
      lane.pausedUntilMs = nowMs + Math.min(PAUSE_MAX_MS, PAUSE_FIRST_MS * 2 ** lane.failures++)
    for (const parcel of batch) parcel.giveUpAtMs ??= nowMs + RETRY_FOR_MS
    // to the end, so that one batch the receiver cannot stomach does not hold up the others
    lane.queue.push(...batch.filter((parcel) => parcel.giveUpAtMs! > nowMs))
    const over = batch.filter((parcel) => parcel.giveUpAtMs! <= nowMs)
    parcels -= over.length
    if (over.length > 0) await options.settled(over, 'given_up')
  }

  return {
    refusalTo(url) {
      if (parcels >= PARCELS_MAX) return `${PARCELS_MAX} receipts and replies wait to be taken`
      return lanes.size >= URLS_MAX && !lanes.has(url) ? `${URLS_MAX} receivers have something waiting` : null
    },
    deliver(url, parcel) {
      const lane = lanes.get(url) ?? { url, queue: [], head: 0, posting: 0, failures: 0, pausedUntilMs: 0 }
      lanes.set(url, lane)
      lane.queue.push(parcel)
      parcels++
      if (!closed) timer ??= setTimeout(tick, TICK_MS)
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await Promise.all(posts)
    },
  }
}

interface Lane<T> {
  url: string
  /** What waits stands from `head` on. */
  queue: T[]
  head: number
  posting: number
  /** Posts in a row that were not taken. */
  failures: number
  pausedUntilMs: number
}

const isEmpty = (lane: Lane<Parcel>): boolean => lane.head === lane.queue.length && lane.posting === 0

function mayPost(lane: Lane<Parcel>, nowMs: number): boolean {
  const next = lane.queue[lane.head]
  if (!next || next.dueAtMs > nowMs || lane.pausedUntilMs > nowMs) return false
  // a receiver that is down is tried by one post at a time
  return lane.posting < (lane.failures > 0 ? 1 : POSTS_PER_URL_MAX)
}

function take<T extends Parcel>(lane: Lane<T>, max: number, nowMs: number): T[] {
  let end = lane.head
  while (end < lane.queue.length && end < lane.head + max && lane.queue[end]!.dueAtMs <= nowMs) end++
  const batch = lane.queue.slice(lane.head, end)
  lane.head = end
  // the array is shortened when half of it is behind us, so that taking costs the same however long it is
  if (lane.head * 2 >= lane.queue.length) {
    lane.queue = lane.queue.slice(lane.head)
    lane.head = 0
  }
  return batch
}

async function postJson(url: string, body: object): Promise<'taken' | 'given_up' | 'later'> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      // a redirect is not a receipt taken
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    // an answer that is not read keeps its connection
    await answer.arrayBuffer()
    if (answer.ok) return 'taken'
    return GONE.has(answer.status) ? 'given_up' : 'later'
  } catch {
    return 'later'
  }
}
