import { homePath } from '../../db/home.ts'
import { type Courier, openCourier, type Parcel } from './gateway-courier.ts'
import { openLog } from './gateway-log.ts'

/** What a phone answered. */
export interface Reply {
  id: string
  /** E.164. */
  from: string
  text: string
  /** ISO 8601. */
  at: string
}

/** A line of the log: an answer and where it is brought. */
export type Replied = Reply & { event: 'replied'; replyUrl: string }
type ReplyEnd = { event: 'reply_taken' | 'reply_given_up'; id: string }

/** Answers of phones; they and which of them were taken stand in `sandbox-gateway-replies.log`. */
interface Replies extends Pick<Courier<Parcel>, 'refusalTo' | 'close'> {
  /** Resolves when the reply stands in the log; from then on it is brought to the url. */
  send(reply: Reply, replyUrl: string): Promise<void>
}

/** Goes on with the replies that earlier runs still owe, and tells `replay` those in the last `replayBytes` of the log,
 *  oldest first. */
export async function openReplies(replayBytes: number, replay: (reply: Replied) => void): Promise<Replies> {
  const owed = new Map<string, Replied>()
  const log = await openLog<Replied | ReplyEnd>(homePath('sandbox-gateway-replies.log'), (line) => {
    const record = line.read()
    if (record.event !== 'replied') return void owed.delete(record.id)
    owed.set(record.id, record)
    if (line.bytesAfter < replayBytes) replay(record)
  })
  const courier = openCourier<Reply & Parcel>({
    parcelsMax: 1,
    bodyOf: ([parcel]) => wordsOf(parcel!),
    settled: ([parcel], outcome) =>
      log.append({ event: outcome === 'taken' ? 'reply_taken' : 'reply_given_up', id: parcel!.id }),
  })
  const bring = (reply: Reply, url: string) =>
    courier.deliver(url, { ...wordsOf(reply), dueAtMs: Date.parse(reply.at) })
  for (const reply of owed.values()) bring(reply, reply.replyUrl)
  owed.clear()

  return {
    refusalTo: courier.refusalTo,
    async send(reply, replyUrl) {
      await log.append({ event: 'replied', ...reply, replyUrl })
      bring(reply, replyUrl)
    },
    async close() {
      await courier.close()
      await log.close()
    },
  }
}

const wordsOf = ({ id, from, text, at }: Reply): Reply => ({ id, from, text, at })
