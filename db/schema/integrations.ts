import { sql } from 'drizzle-orm'
import {
  bigserial,
  check,
  customType,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { AXES } from '../model/status.ts'
import { at, oneOf, workspaceId } from './columns.ts'
import { orders } from './orders.ts'
import { orderStatuses } from './statuses.ts'
import { workspaces } from './workspaces.ts'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

export const integrations = pgTable(
  'integrations',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId().references(() => workspaces.id),
    kind: text('kind').notNull(),
    name: text('name').notNull(),
    /** Proves the shop's requests; kept readable because signatures are made with it. */
    secret: text('secret').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    unique('integrations_workspace').on(t.workspaceId, t.id),
    check('integrations_kind', oneOf('kind', ['woocommerce'])),
    check('integrations_name', sql`length(name) between 1 and 80`),
  ],
)

/** What a shop's own word for a state means here, an axis at a time. */
export const integrationStatusMap = pgTable(
  'integration_status_map',
  {
    workspaceId: workspaceId(),
    integrationId: uuid('integration_id').notNull(),
    slug: text('slug').notNull(),
    axis: text('axis').notNull(),
    statusId: uuid('status_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.integrationId, t.slug, t.axis] }),
    foreignKey({
      columns: [t.workspaceId, t.integrationId],
      foreignColumns: [integrations.workspaceId, integrations.id],
    }),
    foreignKey({
      columns: [t.workspaceId, t.statusId, t.axis],
      foreignColumns: [orderStatuses.workspaceId, orderStatuses.id, orderStatuses.axis],
    }),
    check('integration_status_map_axis', oneOf('axis', AXES)),
  ],
)

/** Which order an integration means by its own id. */
export const orderExternalRefs = pgTable(
  'order_external_refs',
  {
    workspaceId: workspaceId(),
    integrationId: uuid('integration_id').notNull(),
    externalId: text('external_id').notNull(),
    orderId: uuid('order_id').notNull(),
    remoteStatus: text('remote_status'),
    remoteModifiedAt: at('remote_modified_at'),
  },
  (t) => [
    primaryKey({ columns: [t.integrationId, t.externalId] }),
    foreignKey({
      columns: [t.workspaceId, t.integrationId],
      foreignColumns: [integrations.workspaceId, integrations.id],
    }),
    foreignKey({ columns: [t.workspaceId, t.orderId], foreignColumns: [orders.workspaceId, orders.id] }),
    // the shops an order came from
    index('order_external_refs_order').on(t.orderId),
  ],
)

/** Bodies that shops posted, byte for byte: stored before they are answered, processed after. */
export const inboundEvents = pgTable(
  'inbound_events',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    workspaceId: workspaceId(),
    integrationId: uuid('integration_id').notNull(),
    deliveryKey: text('delivery_key').notNull(),
    topic: text('topic'),
    body: bytea('body').notNull(),
    receivedAt: at('received_at').notNull(),
    processedAt: at('processed_at'),
    /** What came of it: applied, duplicate, noop, stale, refused, noted, or invalid. */
    outcome: text('outcome'),
    /** `{ code, detail, field? }` of a body that could not be used. */
    error: jsonb('error'),
    orderId: uuid('order_id'),
  },
  (t) => [
    unique('inbound_events_delivery').on(t.integrationId, t.deliveryKey),
    foreignKey({
      columns: [t.workspaceId, t.integrationId],
      foreignColumns: [integrations.workspaceId, integrations.id],
    }),
    // what is still to be processed, in order of arrival
    index('inbound_events_open').on(t.integrationId, t.id).where(sql`processed_at is null`),
    // newest first, for the page of the integration
    index('inbound_events_recent').on(t.workspaceId, t.id),
    check('inbound_events_done', sql`(processed_at is null) = (outcome is null)`),
  ],
)
