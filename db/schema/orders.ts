import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  boolean,
  char,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { CHAIN_DEPTH_MAX } from '../model/limits.ts'
import { ACTOR_KINDS } from '../model/moves.ts'
import { AXES } from '../model/status.ts'
import { at, oneOf, standing, workspaceId } from './columns.ts'
import { customers } from './customers.ts'
import { orderStatuses } from './statuses.ts'
import { workspaces } from './workspaces.ts'

const general = standing('general')
const delivery = standing('delivery')
const payment = standing('payment')

export const orders = pgTable(
  'orders',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId().references(() => workspaces.id),
    number: text('number').notNull(),
    customerId: uuid('customer_id'),
    /** Who this order is for, as its source told: texts about it go to the number given with it, in E.164. */
    contactName: text('contact_name'),
    contactPhone: text('contact_phone'),
    contactEmail: text('contact_email'),
    source: text('source').notNull(),
    total: numeric('total', { precision: 14, scale: 2 }),
    currency: char('currency', { length: 3 }),
    paymentMethod: text('payment_method'),
    comment: text('comment'),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
    archivedAt: at('archived_at'),
    version: bigint('version', { mode: 'number' }).notNull().default(0),
    generalStatusId: general.statusId,
    generalAxis: general.axis,
    generalSeq: general.seq,
    generalChangedAt: general.changedAt,
    generalDueFrom: general.dueFrom,
    generalRefusedSeq: general.refusedSeq,
    deliveryStatusId: delivery.statusId,
    deliveryAxis: delivery.axis,
    deliverySeq: delivery.seq,
    deliveryChangedAt: delivery.changedAt,
    deliveryDueFrom: delivery.dueFrom,
    deliveryRefusedSeq: delivery.refusedSeq,
    paymentStatusId: payment.statusId,
    paymentAxis: payment.axis,
    paymentSeq: payment.seq,
    paymentChangedAt: payment.changedAt,
    paymentDueFrom: payment.dueFrom,
    paymentRefusedSeq: payment.refusedSeq,
  },
  (t) => [
    unique('orders_workspace').on(t.workspaceId, t.id),
    unique('orders_number').on(t.workspaceId, t.number),
    foreignKey({ columns: [t.workspaceId, t.customerId], foreignColumns: [customers.workspaceId, customers.id] }),
    ...(
      [
        ['general', t.generalStatusId, t.generalAxis, t.generalDueFrom],
        ['delivery', t.deliveryStatusId, t.deliveryAxis, t.deliveryDueFrom],
        ['payment', t.paymentStatusId, t.paymentAxis, t.paymentDueFrom],
      ] as const
    ).flatMap(([axis, statusId, axisColumn, dueFrom]) => [
      // a status column can only hold a status of its own axis and workspace
      foreignKey({
        columns: [t.workspaceId, statusId, axisColumn],
        foreignColumns: [orderStatuses.workspaceId, orderStatuses.id, orderStatuses.axis],
      }),
      check(`orders_${axis}_begun`, sql.raw(`(${axis}_seq = 0) = (${axis}_status_id is null)`)),
      // who waits in a status and from when: read by its timeout, and counted by tabs
      index(`orders_${axis}_due`).on(statusId, dueFrom).where(sql`archived_at is null`),
    ]),
    // the orders of a customer
    index('orders_customer').on(t.customerId),
    // newest first, a page at a time
    index('orders_created').on(t.workspaceId, t.createdAt, t.id),
    check('orders_total', sql`total >= 0`),
    check('orders_number_form', sql`length(number) between 1 and 80`),
  ],
)

/** What filters could have seen of an order at a past moment, its statuses apart. Append-only. */
export const orderRevisions = pgTable(
  'order_revisions',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    workspaceId: workspaceId(),
    orderId: uuid('order_id').notNull(),
    recordedAt: at('recorded_at').notNull(),
    customerId: uuid('customer_id'),
    contactName: text('contact_name'),
    contactPhone: text('contact_phone'),
    contactEmail: text('contact_email'),
    total: numeric('total', { precision: 14, scale: 2 }),
    currency: char('currency', { length: 3 }),
    paymentMethod: text('payment_method'),
  },
  (t) => [
    // the row that held at a moment
    index('order_revisions_at').on(t.orderId, t.recordedAt, t.id),
    foreignKey({ columns: [t.workspaceId, t.orderId], foreignColumns: [orders.workspaceId, orders.id] }),
  ],
)

/** The latest time each source told for an axis of an order; older words are stale. */
export const orderWords = pgTable(
  'order_words',
  {
    workspaceId: workspaceId(),
    orderId: uuid('order_id').notNull(),
    axis: text('axis').notNull(),
    source: text('source').notNull(),
    saidAt: at('said_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orderId, t.axis, t.source] }),
    foreignKey({ columns: [t.workspaceId, t.orderId], foreignColumns: [orders.workspaceId, orders.id] }),
    check('order_words_axis', oneOf('axis', AXES)),
  ],
)

/** The history of every order, one row a change. Append-only. */
export const orderStatusChanges = pgTable(
  'order_status_changes',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    orderId: uuid('order_id').notNull(),
    axis: text('axis').notNull(),
    seq: integer('seq').notNull(),
    fromStatusId: uuid('from_status_id'),
    toStatusId: uuid('to_status_id').notNull(),
    changedAt: at('changed_at').notNull(),
    recordedAt: at('recorded_at').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    reason: text('reason'),
    causeChangeId: uuid('cause_change_id'),
    source: text('source'),
    sourceEventId: text('source_event_id'),
    depth: integer('depth').notNull(),
    silent: boolean('silent').notNull().default(false),
  },
  (t) => [
    unique('order_status_changes_seq').on(t.orderId, t.axis, t.seq),
    // an event changes each type once, however often it is told
    uniqueIndex('order_status_changes_event')
      .on(t.workspaceId, t.source, t.sourceEventId, t.axis)
      .where(sql`source_event_id is not null`),
    foreignKey({ columns: [t.workspaceId, t.orderId], foreignColumns: [orders.workspaceId, orders.id] }),
    // its statuses are those the order stood on, which their keys guard; statuses are hidden, never removed
    check('order_status_changes_other', sql`from_status_id is distinct from to_status_id`),
    check('order_status_changes_first', sql`(seq = 1) = (from_status_id is null)`),
    check('order_status_changes_depth', sql.raw(`depth between 0 and ${CHAIN_DEPTH_MAX}`)),
    check('order_status_changes_axis', oneOf('axis', AXES)),
    check('order_status_changes_actor', oneOf('actor_kind', ACTOR_KINDS)),
  ],
)

/** Moves that a rule refused and nobody was there to read it. Source: C4, pitfall P13. */
export const statusChangeRefusals = pgTable(
  'status_change_refusals',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    orderId: uuid('order_id').notNull(),
    axis: text('axis').notNull(),
    wantedStatusId: uuid('wanted_status_id').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    code: text('code').notNull(),
    recordedAt: at('recorded_at').notNull(),
  },
  (t) => [
    foreignKey({ columns: [t.workspaceId, t.orderId], foreignColumns: [orders.workspaceId, orders.id] }),
    // shown on the order's timeline
    index('status_change_refusals_order').on(t.orderId, t.recordedAt),
  ],
)

/** Every event from outside, once per source and id, with what came of it. */
export const receivedEvents = pgTable(
  'received_events',
  {
    // without a foreign key: its policy takes the present workspace only, and none is ever removed
    workspaceId: workspaceId(),
    source: text('source').notNull(),
    eventId: text('event_id').notNull(),
    receivedAt: at('received_at').notNull(),
    orderId: uuid('order_id'),
    /** One outcome per wanted status; null only inside the transaction that claims the event. */
    outcomes: jsonb('outcomes'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.source, t.eventId] })],
)
