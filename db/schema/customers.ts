import { sql } from 'drizzle-orm'
import {
  bigserial,
  char,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, oneOf, workspaceId } from './columns.ts'
import { workspaces } from './workspaces.ts'

export const customers = pgTable(
  'customers',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId().references(() => workspaces.id),
    name: text('name').notNull().default(''),
    /** E.164, or null: no number, or one that no phone can have. */
    phone: text('phone'),
    /** The number as it was given. */
    phoneGiven: text('phone_given'),
    /** Lower case. */
    email: text('email'),
    country: char('country', { length: 2 }),
    /** The source and its own id of the buyer. */
    externalKey: text('external_key'),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [
    unique('customers_workspace').on(t.workspaceId, t.id),
    // one customer per number: how a customer is found first
    uniqueIndex('customers_phone').on(t.workspaceId, t.phone).where(sql`phone is not null`),
    // found by e-mail when the event gives no number
    index('customers_email').on(t.workspaceId, t.email).where(sql`email is not null`),
    // found by the source's own id when there is neither
    index('customers_external').on(t.workspaceId, t.externalKey).where(sql`external_key is not null`),
    check('customers_phone_form', sql`phone ~ '^\\+[1-9][0-9]{3,14}$'`),
  ],
)

/** What filters could have seen of a customer at a past moment. Append-only. */
export const customerRevisions = pgTable(
  'customer_revisions',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    workspaceId: workspaceId(),
    customerId: uuid('customer_id').notNull(),
    recordedAt: at('recorded_at').notNull(),
    name: text('name').notNull(),
    phone: text('phone'),
    email: text('email'),
    country: char('country', { length: 2 }),
  },
  (t) => [
    // the row that held at a moment
    index('customer_revisions_at').on(t.customerId, t.recordedAt, t.id),
    foreignKey({ columns: [t.workspaceId, t.customerId], foreignColumns: [customers.workspaceId, customers.id] }),
  ],
)

/** Numbers that asked for no more texts; they hold for every campaign and every auto-SMS. */
export const optOuts = pgTable(
  'opt_outs',
  {
    workspaceId: workspaceId().references(() => workspaces.id),
    phone: text('phone').notNull(),
    since: at('since').notNull(),
    source: text('source').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.phone] }),
    check('opt_outs_source', oneOf('source', ['reply', 'person'])),
  ],
)

/** Texts that phones sent to us, each once. */
export const replies = pgTable(
  'replies',
  {
    workspaceId: workspaceId().references(() => workspaces.id),
    channelId: uuid('channel_id').notNull(),
    /** The gateway's id of the text. */
    id: text('id').notNull(),
    phone: text('phone').notNull(),
    text: text('text').notNull(),
    receivedAt: at('received_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.channelId, t.id] }),
    // the conversation with one phone
    index('replies_phone').on(t.workspaceId, t.phone, t.receivedAt),
  ],
)
