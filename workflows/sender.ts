import { Context } from '@temporalio/activity'
import type { Logger } from 'pino'
import type { Store } from '../db/client.ts'
import {
  type Answer,
  beginHanding,
  type Claimed,
  claimMessages,
  nextMessageAt,
  releaseMessages,
  settleMessages,
  takeShard,
} from '../db/hand-over.ts'
import { newId } from '../db/ids.ts'
import { isOutage } from '../db/outage.ts'
import type { Channel, HandOver } from './channels/channel.ts'
import { Pause, Slots } from './slots.ts'

export interface Sender {
  /** Hands over what is queued in a shard until its hour is over or its worker stops. */
  sendFromShard(shard: number): Promise<void>
  /** There is something new in the ledger. */
  wake(): void
}

interface Parts {
  store: Store
  channels: readonly Channel[]
  /** Where gateways find our API, without a slash at the end. */
  apiUrl: string
  /** Texts of this process that may be at gateways at once: so many are unknown after a kill. */
  handingMax: number
  logger: Logger
}

const CLAIM_MAX = 200
const SHIFT_MS = 3_600_000
const LOOK_EVERY_MS = 2_000
const BACK_OFF_MIN_MS = 250
const BACK_OFF_MAX_MS = 5_000
const SETTLE_EVERY_MS = 500

export function createSender(parts: Parts): Sender {
  const slots = new Slots(parts.handingMax)
  const pauses = new Set<Pause>()
  return {
    wake: () => {
      for (const pause of pauses) pause.end()
    },
    async sendFromShard(shard) {
      const pause = new Pause()
      pauses.add(pause)
      try {
        await new Shift(parts, slots, pause, shard).work()
      } finally {
        pauses.delete(pause)
      }
    },
  }
}

/** One sender's hour at one shard. */
class Shift {
  readonly #holder = newId()
  readonly #parts: Parts
  readonly #slots: Slots
  readonly #pause: Pause
  readonly #shard: number
  readonly #context = Context.current()
  #refusals = 0

  constructor(parts: Parts, slots: Slots, pause: Pause, shard: number) {
    this.#parts = parts
    this.#slots = slots
    this.#pause = pause
    this.#shard = shard
  }

  async work(): Promise<void> {
    const { store, channels, logger } = this.#parts
    const beating = setInterval(() => this.#context.heartbeat(), LOOK_EVERY_MS)
    const stop = () => this.#pause.end()
    this.#signal.addEventListener('abort', stop)
    try {
      const idempotent = channels.filter((c) => c.idempotent).map((c) => c.kind)
      const lost = await takeShard(store, this.#shard, this.#holder, idempotent, Date.now())
      if (lost > 0) logger.warn({ shard: this.#shard, lost }, 'texts of a dead sender are unknown')
      for (const endsAt = Date.now() + SHIFT_MS; Date.now() < endsAt && !this.#signal.aborted; ) await this.#round()
    } finally {
      clearInterval(beating)
      this.#signal.removeEventListener('abort', stop)
    }
  }

  get #signal(): AbortSignal {
    return this.#context.cancellationSignal
  }

  async #round(): Promise<void> {
    this.#pause.begin()
    const claimed = await claimMessages(this.#parts.store, this.#shard, this.#holder, CLAIM_MAX, Date.now())
    if (claimed.length === 0) return this.#rest()
    const left = await this.#handAll(claimed)
    await releaseMessages(
      this.#parts.store,
      this.#holder,
      left.map((m) => m.id),
    )
    if (left.length > 0 && this.#refusals > 0) await this.#pause.sleep(backOffMs(this.#refusals))
  }

  /** Until something new is told, or the next text that must not go before its time, or the safety look. */
  async #rest(): Promise<void> {
    const nextMs = await nextMessageAt(this.#parts.store, this.#shard)
    const restMs = nextMs === null ? LOOK_EVERY_MS : nextMs - Date.now()
    await this.#pause.sleep(Math.min(LOOK_EVERY_MS, Math.max(restMs, 50)))
  }

  /** Hands over in groups as large as there are free slots. Answers what may be left when it had to stop. */
  async #handAll(claimed: Claimed[]): Promise<Claimed[]> {
    let left = claimed
    while (left.length > 0 && !this.#signal.aborted) {
      const size = await this.#slots.take(left.length)
      const group = left.slice(0, size)
      left = left.slice(size)
      try {
        if (!(await this.#handGroup(group))) return [...group, ...left]
      } finally {
        this.#slots.give(size)
      }
    }
    return left
  }

  /** Answers false when the gateway takes no more for now, or another sender has the shard. */
  async #handGroup(group: Claimed[]): Promise<boolean> {
    const { store } = this.#parts
    const mine = await beginHanding(
      store,
      this.#holder,
      group.map((m) => m.id),
      Date.now(),
    )
    const handed = await Promise.all(group.filter((m) => mine.has(m.id)).map((message) => this.#hand(message)))
    const refused = handed.some((answer) => answer.state === 'queued')
    this.#refusals = refused ? this.#refusals + 1 : 0
    await this.#settle(handed)
    return !refused && mine.size === group.length
  }

  async #hand({ id, phone, body, kind, token }: Claimed): Promise<Answer> {
    const channel = this.#parts.channels.find((c) => c.kind === kind)
    if (!channel) return { id, state: 'failed', reason: `no channel ${kind} here` }
    const url = (what: string) => `${this.#parts.apiUrl}/v1/${what}/${kind}/${token}`
    const text = { id, to: phone, text: body, receiptUrl: url('receipts'), replyUrl: url('replies') }
    // a stop does not tear a text out of the gateway's hands: its answer is awaited, at most ten seconds
    const answer = await channel.send(text, new AbortController().signal)
    return ANSWERS[answer.outcome](id, answer as never, channel, backOffMs(this.#refusals + 1))
  }

  /** What the gateway said is known only here: it is written as soon as the database can be reached again. */
  async #settle(answers: Answer[]): Promise<void> {
    for (;;) {
      try {
        return await settleMessages(this.#parts.store, this.#holder, answers, Date.now())
      } catch (error) {
        if (!isOutage(error)) throw error
        this.#parts.logger.warn({ shard: this.#shard, texts: answers.length, error }, 'answers wait for the database')
        await new Promise((resolve) => setTimeout(resolve, SETTLE_EVERY_MS))
      }
    }
  }
}

const ANSWERS: {
  [K in HandOver['outcome']]: (
    id: string,
    answer: Extract<HandOver, { outcome: K }>,
    channel: Channel,
    backOff: number,
  ) => Answer
} = {
  sent: (id, { gatewayId }) => ({ id, state: 'sent', gatewayId }),
  failed: (id, { reason }) => ({ id, state: 'failed', reason }),
  again: (id, { reason, afterMs }, _, backOff) => ({ id, state: 'queued', reason, afterMs: afterMs ?? backOff }),
  unknown: (id, { reason }, channel, backOff) =>
    channel.idempotent ? { id, state: 'queued', reason, afterMs: backOff } : { id, state: 'unknown', reason },
}

const backOffMs = (refusals: number): number => Math.min(BACK_OFF_MAX_MS, BACK_OFF_MIN_MS * 2 ** Math.min(refusals, 10))
