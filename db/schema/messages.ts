import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, smallint, text, unique, uuid } from 'drizzle-orm/pg-core'
import { MESSAGE_STATES } from '../model/message.ts'
import { at, oneOf, workspaceId } from './columns.ts'
import { orders } from './orders.ts'

/** The ledger of texts: decided once, handed over at most once. */
export const smsMessages = pgTable(
  'sms_messages',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    channelId: uuid('channel_id').notNull(),
    dedupeKey: text('dedupe_key').notNull(),
    orderId: uuid('order_id').notNull(),
    customerId: uuid('customer_id'),
    /** What asked for it: a step of an enrolment, or an auto-SMS of a status. */
    enrolmentId: uuid('enrolment_id'),
    nodeId: text('node_id'),
    statusId: uuid('status_id'),
    changeId: uuid('change_id'),
    phone: text('phone'),
    text: text('text').notNull(),
    parts: smallint('parts').notNull(),
    state: text('state').notNull(),
    /** Why it was suppressed, failed or not delivered. */
    reason: text('reason'),
    /** 1 goes first. */
    priority: smallint('priority').notNull(),
    shard: smallint('shard').notNull(),
    /** Not to be handed over before. */
    notBefore: at('not_before').notNull(),
    /** The sender's fence; set while claimed and after. */
    holder: uuid('holder'),
    attempts: integer('attempts').notNull().default(0),
    gatewayId: text('gateway_id'),
    queuedAt: at('queued_at').notNull(),
    handingAt: at('handing_at'),
    sentAt: at('sent_at'),
    finishedAt: at('finished_at'),
  },
  (t) => [
    unique('sms_messages_once').on(t.workspaceId, t.dedupeKey),
    foreignKey({ columns: [t.workspaceId, t.orderId], foreignColumns: [orders.workspaceId, orders.id] }),
    // its channel is read by the statement that writes it, its enrolment in the same transaction; neither is removed
    // what a sender takes next, channels in turn, those that rest passed over; the workspace lets it be counted alone
    index('sms_messages_queue')
      .on(t.shard, t.channelId, t.priority, t.notBefore, t.workspaceId)
      .where(sql`state = 'queued'`),
    // what a sender holds, and what a dead one left behind
    index('sms_messages_held').on(t.shard, t.holder).where(sql`state in ('claimed', 'handing')`),
    // the texts of an order; whether it had its auto-SMS
    index('sms_messages_order').on(t.orderId, t.statusId),
    // the ledger, newest first
    index('sms_messages_recent').on(t.workspaceId, t.queuedAt, t.id),
    // what nobody knows about, for people
    index('sms_messages_unknown').on(t.workspaceId, t.queuedAt).where(sql`state = 'unknown'`),
    check('sms_messages_state', oneOf('state', MESSAGE_STATES)),
    check('sms_messages_held_by', sql`state not in ('claimed', 'handing') or holder is not null`),
    check('sms_messages_phone', sql`state = 'suppressed' or phone is not null`),
    check('sms_messages_reason', sql`state not in ('suppressed', 'failed', 'undelivered') or reason is not null`),
  ],
)

/** Who may send from a shard; a new holder fences the former off. */
export const sendShards = pgTable('send_shards', {
  shard: integer('shard').primaryKey(),
  holder: uuid('holder').notNull(),
  takenAt: at('taken_at').notNull(),
})
