import { sql } from 'drizzle-orm'
import type { Store } from '../../db/client.ts'
import { type Answer, claimMessages, settleMessages, swapMessages, takeShard } from '../../db/hand-over.ts'
import { newId } from '../../db/ids.ts'
import { queueTexts, recordReceipts } from '../../db/messages.ts'
import { recordReply } from '../../db/replies.ts'
import { type Desk, makeDesk, unique, uniquePhone } from '../factories.ts'

let shards = 100
/** A shard of one test's own. */
export const newShard = (): number => ++shards

/** A shard of this test's own, where a desk's texts are; answers their ids, the oldest first. */
export async function queue(desk: Desk, shard: number, count: number, { priority = 2, phone = uniquePhone() } = {}) {
  const ids: string[] = []
  for (let n = 0; n < count; n++) {
    const { id } = await desk.order({ customer: { phone } })
    const dedupeKey = unique('key')
    await desk.run((tx) => queueTexts(tx, [{ dedupeKey, orderId: id, template: 'Hi', priority }], desk.nowMs))
    const made = sql`update sms_messages set shard = ${shard} where dedupe_key = ${dedupeKey} returning id`
    ids.push((await desk.one<{ id: string }>(made)).id)
    desk.pass(1)
  }
  return ids
}

/** One sender at a shard. */
export class Holder {
  readonly id = newId()
  readonly desk: Desk
  readonly shard: number
  constructor(desk: Desk, shard: number) {
    this.desk = desk
    this.shard = shard
  }
  take = (idempotent: string[] = []) => takeShard(this.desk.store, this.shard, this.id, idempotent, this.desk.nowMs)
  claim = async (max = 100) =>
    (await claimMessages(this.desk.store, this.shard, this.id, max, this.desk.nowMs)).map((m) => m.id)
  begin = async (ids: readonly string[], ...answers: Answer[]) => [
    ...(await swapMessages(this.desk.store, this.id, answers, ids, this.desk.nowMs)),
  ]
  settle = (...answers: Answer[]) => settleMessages(this.desk.store, this.id, answers, this.desk.nowMs)
  /** Claims what there is and begins to hand it over. */
  async hold(max = 100): Promise<string[]> {
    return this.begin(await this.claim(max))
  }
}

/** A sender that holds a shard with `count` texts of a workspace. */
export async function atShard(store: Store, count: number, wish: Parameters<typeof queue>[3] = {}) {
  const desk = await makeDesk(store)
  const shard = newShard()
  const ids = await queue(desk, shard, count, wish)
  const holder = new Holder(desk, shard)
  await holder.take()
  return { desk, shard, ids, holder }
}
/** The texts of a workspace, by state and reason, the oldest first. */
export const states = async (desk: Desk) =>
  (
    await desk.query<{ word: string }>(
      sql`select concat_ws(' ', state, reason) as word from sms_messages order by queued_at, id`,
    )
  ).map((m) => m.word)
const channelOf = async (desk: Desk) => (await desk.one<{ id: string }>(sql`select id from channels`)).id
export const receipt = async (desk: Desk, id: string, state: 'delivered' | 'undelivered') =>
  desk.run(async (tx) => recordReceipts(tx, await channelOf(desk), [{ id, state, atMs: desk.nowMs }]))
export const say = async (desk: Desk, phone: string, text: string) => {
  const channel = await channelOf(desk)
  await desk.run((tx) => recordReply(tx, channel, { id: unique('reply'), phone, text }, desk.nowMs))
}
