import { randomUUID } from 'node:crypto'
import { homePath } from '../../db/home.ts'
import type { Text } from './channel.ts'
import { GatewayRefusal } from './gateway-body.ts'
import { repeatCounter } from './gateway-ids.ts'
import { openLog } from './gateway-log.ts'
import { makePhones, type Phones, type PhoneText } from './gateway-phones.ts'
import { openReceipts } from './gateway-receipts.ts'
import { openReplies, type Replied, type Reply } from './gateway-replies.ts'

/** At a start the phones show what stands in this much of the ends of the logs. */
const SHOWN_BYTES_MAX = 16 * 1024 * 1024

/** One hand-over in `sandbox-gateway.log`; `repeat` is how often its id came before. */
type Accepted = Text & { at: string; event: 'accepted'; repeat: number }

/** The stand-in network: what it accepted, what its phones show, what it still has to tell. */
export interface Network {
  phones: Phones
  /** Resolves with the network's own id when the hand-over stands in the log; each repeat stands there too.
   *  Refuses (503) while too many receipts wait. */
  accept(text: Text): Promise<string>
  /** The phone answers to the reply url of its last text, on one line or on any.
   *  Refuses (404) when it never got one or was forgotten. */
  reply(number: string, text: string, line?: string): Promise<Reply>
  /** Finishes the posts under way; the rest is told after the next start. */
  close(): Promise<void>
}

/** Goes on where the logs in TIDINGS_HOME end; `idempotent` keeps repeats from the phones. What is kept in memory is
 *  bounded: ids and phones by their own limits, receipts and replies by the courier's, above which texts are refused. */
export async function openNetwork(settings: {
  receiptAfterMs: number
  idempotent: boolean
  onText: (number: string, text: PhoneText) => void
}): Promise<Network> {
  const repeatsOf = repeatCounter()
  const phones = makePhones(settings.onText)
  const receipts = await openReceipts(settings.receiptAfterMs)
  const earlier: Replied[] = []
  const replies = await openReplies(SHOWN_BYTES_MAX, (reply) => earlier.push(reply))
  earlier.reverse()

  function showText({ id, to, text, at, repeat, replyUrl }: Accepted): void {
    if (repeat > 0 && settings.idempotent) return
    phones.receive(to, { id, direction: 'to_phone', text, at }, replyUrl)
  }
  function showReply({ id, from, text, at }: Reply, replyUrl: string): void {
    phones.answer(from, { id, direction: 'from_phone', text, at }, replyUrl)
  }

  function showEarliest(): void {
    const reply = earlier.pop()!
    showReply(reply, reply.replyUrl)
  }

  const log = await openLog<Accepted>(homePath('sandbox-gateway.log'), (line) => {
    const isShown = line.bytesAfter < SHOWN_BYTES_MAX
    const isOwed = repeatsOf(line.id) === 0 && !receipts.wasTold(line.id)
    if (!isShown && !isOwed) return
    const accepted = line.read()
    if (isOwed) receipts.owe(accepted, accepted.at)
    if (!isShown) return
    // texts and replies stand in two files; phones show them in order of time
    while ((earlier.at(-1)?.at ?? accepted.at) < accepted.at) showEarliest()
    showText(accepted)
  })
  while (earlier.length > 0) showEarliest()
  receipts.settle()

  return {
    phones,
    async accept({ id, to, text, receiptUrl, replyUrl }) {
      refuseIfBusy(receipts.refusalTo(receiptUrl))
      const at = new Date().toISOString()
      // counted before the write, so that two at once do not both call themselves the first
      const repeat = repeatsOf(id)
      const accepted: Accepted = { at, event: 'accepted', id, to, text, repeat, receiptUrl, replyUrl }
      await log.append(accepted)
      showText(accepted)
      // a repeat is the same message: one receipt tells of it
      if (repeat === 0) receipts.owe(accepted, at)
      return `${id}.${settings.idempotent ? 0 : repeat}`
    },
    async reply(from, text, line) {
      const replyUrl = phones.replyUrlOf(from, line)
      if (!replyUrl) throw new GatewayRefusal(404, 'This phone never got a text, or it was forgotten.')
      refuseIfBusy(replies.refusalTo(replyUrl))
      const reply = { id: randomUUID(), from, text, at: new Date().toISOString() }
      await replies.send(reply, replyUrl)
      showReply(reply, replyUrl)
      return reply
    },
    async close() {
      await Promise.all([receipts.close(), replies.close(), log.close()])
    },
  }
}

function refuseIfBusy(reason: string | null): void {
  if (reason) throw new GatewayRefusal(503, `Nothing is accepted now: ${reason}.`)
}
