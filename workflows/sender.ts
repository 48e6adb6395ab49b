import { Context } from '@temporalio/activity'
import type { Logger } from 'pino'
import type { Store } from '../db/client.ts'
import {
  type Answer,
  type Claimed,
  claimMessages,
  nextMessageAt,
  releaseMessages,
  settleMessages,
  swapMessages,
  takeShard,
} from '../db/hand-over.ts'
import { noteHandOvers } from '../db/hand-over-counts.ts'
import { newId } from '../db/ids.ts'
import { isOutage } from '../db/outage.ts'
import type { Channel, HandOver } from './channels/channel.ts'
import { HandOverNotes } from './hand-over-notes.ts'
import { msSince, tellHandOver } from './log-lines.ts'
import { Rests, restMs } from './rests.ts'
import { Pause, Slots } from './slots.ts'

export interface Sender {
  /** Hands over what is queued in a shard until its hour is over or its worker stops. */
  sendFromShard(shard: number): Promise<void>
  /** There is something new in the ledger. */
  wake(): void
  /** Writes down what was met at gateways since the last time, if there is anything new. */
  note(): Promise<void>
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
const REST_MIN_MS = 50
const SETTLE_EVERY_MS = 500
/** A channel whose last hand-over took less may have all free places: it gives them back before others miss them. */
const QUICK_MS = 100

export function createSender(parts: Parts): Sender {
  const slots = new Slots(parts.handingMax)
  const pauses = new Set<Pause>()
  const notes = new HandOverNotes()
  return {
    wake: () => {
      for (const pause of pauses) pause.end()
    },
    async sendFromShard(shard) {
      const pause = new Pause()
      pauses.add(pause)
      try {
        await new Shift(parts, slots, notes, pause, shard).work()
      } finally {
        pauses.delete(pause)
      }
    },
    async note() {
      const { words, keep } = notes.tell(performance.now())
      if (words.length === 0) return
      try {
        await noteHandOvers(parts.store, words, Date.now())
      } catch (error) {
        keep()
        throw error
      }
    },
  }
}

/** One sender's hour at one shard. Each channel has a lane of its own there: one that is slow or down holds up no other. */
class Shift {
  readonly #holder = newId()
  readonly #parts: Parts
  readonly #slots: Slots
  readonly #notes: HandOverNotes
  readonly #pause: Pause
  readonly #shard: number
  readonly #context = Context.current()
  /** By a clock that nobody sets. */
  readonly #rests = new Rests()
  /** Channels that are handing over, until all they claimed is settled or released. */
  readonly #lanes = new Map<string, Promise<void>>()
  readonly #quick = new Set<string>()
  #failure: { error: unknown } | undefined

  constructor(parts: Parts, slots: Slots, notes: HandOverNotes, pause: Pause, shard: number) {
    this.#parts = parts
    this.#slots = slots
    this.#notes = notes
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
      for (const endsAt = Date.now() + SHIFT_MS; Date.now() < endsAt && !this.#signal.aborted; ) {
        if (this.#failure) throw this.#failure.error
        await this.#round()
      }
    } finally {
      await Promise.all(this.#lanes.values())
      clearInterval(beating)
      this.#signal.removeEventListener('abort', stop)
    }
    if (this.#failure) throw this.#failure.error
  }

  get #signal(): AbortSignal {
    return this.#context.cancellationSignal
  }

  /** Claims for the channels that have nothing in hand and do not rest, and lets each of them begin. */
  async #round(): Promise<void> {
    this.#pause.begin()
    const { store } = this.#parts
    const claimed = await claimMessages(store, this.#shard, this.#holder, CLAIM_MAX, Date.now(), this.#closed)
    for (const [channelId, texts] of byChannel(claimed)) this.#open(channelId, texts)
    // else every channel with a text that may go has a lane now
    if (claimed.length < CLAIM_MAX) await this.#rest()
  }

  /** Channels that are handing over, or are given a rest. */
  get #closed(): string[] {
    return [...this.#lanes.keys(), ...this.#rests.resting(performance.now())]
  }

  #open(channelId: string, texts: Claimed[]): void {
    const lane = this.#handAll(channelId, texts)
      .catch((error) => {
        this.#failure ??= { error }
      })
      .finally(() => {
        this.#lanes.delete(channelId)
        this.#pause.end()
      })
    this.#lanes.set(channelId, lane)
  }

  /** Until a lane is free, something new is told, or the next text or channel may go; or the safety look. */
  async #rest(): Promise<void> {
    const nextMs = await nextMessageAt(this.#parts.store, this.#shard, this.#closed)
    const clockMs = performance.now()
    const inMs = Math.min((nextMs ?? Infinity) - Date.now(), (this.#rests.nextEndMs(clockMs) ?? Infinity) - clockMs)
    await this.#pause.sleep(Math.min(LOOK_EVERY_MS, Math.max(inMs, REST_MIN_MS)))
  }

  /** Hands over in groups as large as there are free slots, and gives back what is left when it has to stop. */
  async #handAll(channelId: string, texts: Claimed[]): Promise<void> {
    let left = texts
    let answers: Answer[] = []
    for (let goesOn = true; goesOn && left.length > 0 && !this.#signal.aborted; ) {
      // a channel that failed is tried with one text: it neither takes the others' slots nor loses more than that
      const wanted = this.#rests.failures(channelId) > 0 ? 1 : left.length
      let size = this.#slots.tryTake(wanted, this.#quick.has(channelId))
      if (size === 0) {
        // who has to wait first tells what he knows
        await this.#settle(answers)
        answers = []
        size = await this.#slots.take(wanted)
      }
      const group = left.slice(0, size)
      try {
        const mine = await this.#begin(answers, group)
        answers = await this.#hand(group.filter((m) => mine.has(m.id)))
        const isTaken = answers.every((answer) => answer.state !== 'queued' && answer.state !== 'unknown')
        if (isTaken) this.#rests.succeed(channelId)
        else this.#rests.fail(channelId, performance.now())
        // else the channel takes no more for now, or another sender has the shard
        goesOn = isTaken && mine.size === group.length
        left = goesOn ? left.slice(size) : left
      } finally {
        this.#slots.give(size)
      }
    }
    await this.#settle(answers)
    await releaseMessages(
      this.#parts.store,
      this.#holder,
      left.map((m) => m.id),
    )
  }

  /** Settles the former group and begins the next; answers which of it may be given to the gateway. */
  async #begin(answers: readonly Answer[], group: readonly Claimed[]): Promise<Set<string>> {
    const ids = group.map((m) => m.id)
    try {
      return await swapMessages(this.#parts.store, this.#holder, answers, ids, Date.now())
    } catch (error) {
      // what the gateway said must not go down with the words for the next
      await this.#settle(answers)
      throw error
    }
  }

  /** Hands texts of one channel to its gateway, and tells what came of it. */
  async #hand(group: readonly Claimed[]): Promise<Answer[]> {
    if (group.length === 0) return []
    const { channelId } = group[0]!
    const startedMs = performance.now()
    const answers = await this.#give(group)
    const ms = msSince(startedMs)
    if (ms < QUICK_MS) this.#quick.add(channelId)
    else this.#quick.delete(channelId)
    this.#notes.take(channelId, answers)
    const where = { shard: this.#shard, channel: channelId, ms }
    tellHandOver(this.#parts.logger, where, group, answers)
    return answers
  }

  /** In one go where the gateway takes groups. */
  async #give(group: readonly Claimed[]): Promise<Answer[]> {
    const { kind, token, settings } = group[0]!
    const channel = this.#parts.channels.find((c) => c.kind === kind)
    if (!channel) return group.map(({ id }) => ({ id, state: 'failed', reason: `no channel ${kind} here` }))
    const url = (what: string) => `${this.#parts.apiUrl}/v1/${what}/${kind}/${token}`
    const [receiptUrl, replyUrl] = [url('receipts'), url('replies')]
    const texts = group.map(({ id, phone, body }) => ({ id, to: phone, text: body, receiptUrl, replyUrl }))
    // a stop does not tear a text out of the gateway's hands: its answer is awaited, at most ten seconds
    const { signal } = new AbortController()
    const said =
      channel.sendAll && texts.length > 1
        ? await channel.sendAll(texts, signal, settings)
        : await Promise.all(texts.map((text) => channel.send(text, signal, settings)))
    const backOffMs = restMs(this.#rests.failures(group[0]!.channelId) + 1)
    return said.map((answer, i) => ANSWERS[answer.outcome](texts[i]!.id, answer as never, channel, backOffMs))
  }

  /** What the gateway said is known only here: it is written as soon as the database can be reached again. */
  async #settle(answers: readonly Answer[]): Promise<void> {
    while (answers.length > 0) {
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

function byChannel(claimed: readonly Claimed[]): Map<string, Claimed[]> {
  const channels = new Map<string, Claimed[]>()
  for (const message of claimed) {
    const texts = channels.get(message.channelId)
    if (texts) texts.push(message)
    else channels.set(message.channelId, [message])
  }
  return channels
}
