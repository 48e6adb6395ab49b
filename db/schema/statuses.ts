import { sql } from 'drizzle-orm'
import {
  boolean,
  char,
  check,
  foreignKey,
  integer,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { UNITS } from '../model/period.ts'
import { AXES, DELIVERY_KINDS, GROUPS, PAYMENT_KINDS } from '../model/status.ts'
import { at, oneOf, workspaceId } from './columns.ts'
import { workspaces } from './workspaces.ts'

/** The seven fixed groups; triggers refuse any change of their rows. Source: S0-11 to S0-13. */
export const statusGroups = pgTable('status_groups', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
  colour: char('colour', { length: 7 }).notNull(),
  position: integer('position').notNull(),
})

/** Holds statuses together, shown as one item with their sum. Source: S0-30 to S0-33. */
export const statusContainers = pgTable(
  'status_containers',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId().references(() => workspaces.id),
    name: text('name').notNull(),
    /** The name without case and outer spaces. */
    nameKey: text('name_key').notNull(),
    position: integer('position').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    // what a status's container must belong to
    unique('status_containers_workspace').on(t.workspaceId, t.id),
    unique('status_containers_name').on(t.workspaceId, t.nameKey),
    check('status_containers_name_length', sql`length(name) between 1 and 80`),
  ],
)

export const orderStatuses = pgTable(
  'order_statuses',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId().references(() => workspaces.id),
    axis: text('axis').notNull(),
    name: text('name').notNull(),
    /** The name without case and outer spaces. */
    nameKey: text('name_key').notNull(),
    code: text('code').notNull(),
    groupCode: text('group_code').references(() => statusGroups.code),
    deliveryKind: text('delivery_kind'),
    paymentKind: text('payment_kind'),
    /** The group or kind, whichever the axis has. */
    meaning: text('meaning').notNull().generatedAlwaysAs(sql`coalesce(group_code, delivery_kind, payment_kind)`),
    /** The container it stands in, if any. Source: S0-32. */
    containerId: uuid('container_id'),
    origin: text('origin').notNull(),
    isLocked: boolean('is_locked').notNull().default(false),
    isInitial: boolean('is_initial').notNull().default(false),
    includeInAnalytics: boolean('include_in_analytics').notNull().default(true),
    position: integer('position').notNull(),
    version: integer('version').notNull().default(1),
    createdAt: at('created_at').notNull(),
    deletedAt: at('deleted_at'),
  },
  (t) => [
    foreignKey({
      columns: [t.workspaceId, t.containerId],
      foreignColumns: [statusContainers.workspaceId, statusContainers.id],
    }),
    unique('order_statuses_workspace').on(t.workspaceId, t.id),
    // what an order's or a timeout's status must belong to
    unique('order_statuses_axis').on(t.workspaceId, t.id, t.axis),
    // how other systems name a status; a deleted one leaves its code free
    uniqueIndex('order_statuses_code').on(t.workspaceId, t.axis, t.code).where(sql`deleted_at is null`),
    // how people tell statuses apart
    uniqueIndex('order_statuses_name').on(t.workspaceId, t.axis, t.nameKey).where(sql`deleted_at is null`),
    // where a new order of a type begins
    uniqueIndex('order_statuses_initial').on(t.workspaceId, t.axis).where(sql`is_initial and deleted_at is null`),
    // the built-in one that is never deleted
    uniqueIndex('order_statuses_locked').on(t.workspaceId, t.axis).where(sql`is_locked`),
    check('order_statuses_axis_known', oneOf('axis', AXES)),
    check('order_statuses_origin', oneOf('origin', ['built_in', 'own'])),
    check('order_statuses_group', sql`(axis = 'general') = (group_code is not null)`),
    check('order_statuses_delivery', sql`(axis = 'delivery') = (delivery_kind is not null)`),
    check('order_statuses_payment', sql`(axis = 'payment') = (payment_kind is not null)`),
    check('order_statuses_group_known', oneOf('group_code', GROUPS)),
    check('order_statuses_delivery_known', oneOf('delivery_kind', DELIVERY_KINDS)),
    check('order_statuses_payment_known', oneOf('payment_kind', PAYMENT_KINDS)),
    check('order_statuses_name_length', sql`length(name) between 1 and 80`),
    check('order_statuses_code_form', sql`code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$'`),
  ],
)

/** After the period in `status_id` an order moves on by itself. Source: S0-22 to S0-26. */
export const statusTimeouts = pgTable(
  'status_timeouts',
  {
    statusId: uuid('status_id').primaryKey(),
    workspaceId: workspaceId(),
    axis: text('axis').notNull(),
    toStatusId: uuid('to_status_id').notNull(),
    amount: integer('amount').notNull(),
    unit: text('unit').notNull(),
  },
  (t) => [
    foreignKey({
      columns: [t.workspaceId, t.statusId, t.axis],
      foreignColumns: [orderStatuses.workspaceId, orderStatuses.id, orderStatuses.axis],
    }),
    foreignKey({
      columns: [t.workspaceId, t.toStatusId, t.axis],
      foreignColumns: [orderStatuses.workspaceId, orderStatuses.id, orderStatuses.axis],
    }),
    check('status_timeouts_other', sql`status_id <> to_status_id`),
    check('status_timeouts_amount', sql`amount between 1 and 999999`),
    check('status_timeouts_unit', oneOf('unit', UNITS)),
  ],
)

/** The text sent when an order enters the status. Source: S0-27 to S0-29. */
export const statusAutoSms = pgTable(
  'status_auto_sms',
  {
    statusId: uuid('status_id').primaryKey(),
    workspaceId: workspaceId(),
    template: text('template').notNull(),
    /** Every entry, or only the first one of each order. */
    always: boolean('always').notNull(),
  },
  (t) => [
    foreignKey({ columns: [t.workspaceId, t.statusId], foreignColumns: [orderStatuses.workspaceId, orderStatuses.id] }),
    check('status_auto_sms_length', sql`length(template) between 1 and 5000`),
  ],
)
