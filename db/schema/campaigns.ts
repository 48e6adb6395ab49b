import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { UNITS } from '../model/period.ts'
import { AXES } from '../model/status.ts'
import { at, oneOf, workspaceId } from './columns.ts'
import { orders } from './orders.ts'
import { orderStatuses } from './statuses.ts'
import { workspaces } from './workspaces.ts'

export const CAMPAIGN_STATES = ['draft', 'live', 'paused'] as const

export const campaigns = pgTable(
  'campaigns',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId().references(() => workspaces.id),
    name: text('name').notNull(),
    state: text('state').notNull().default('draft'),
    draft: jsonb('draft').notNull(),
    /** Rises with every save; its ETag. */
    draftVersion: integer('draft_version').notNull().default(1),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [
    unique('campaigns_workspace').on(t.workspaceId, t.id),
    check('campaigns_state', oneOf('state', CAMPAIGN_STATES)),
    check('campaigns_name', sql`length(name) between 1 and 80`),
  ],
)

/** What was published; immutable but for the end of its time. */
export const campaignVersions = pgTable(
  'campaign_versions',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    campaignId: uuid('campaign_id').notNull(),
    number: integer('number').notNull(),
    document: jsonb('document').notNull(),
    publishedBy: text('published_by').notNull(),
    /** A change recorded from `liveFrom` on and before `liveUntil` is this version's. */
    liveFrom: at('live_from').notNull(),
    liveUntil: at('live_until'),
  },
  (t) => [
    unique('campaign_versions_workspace').on(t.workspaceId, t.id),
    unique('campaign_versions_number').on(t.campaignId, t.number),
    // a campaign has one live version; found by every trigger
    uniqueIndex('campaign_versions_live').on(t.campaignId).where(sql`live_until is null`),
    foreignKey({ columns: [t.workspaceId, t.campaignId], foreignColumns: [campaigns.workspaceId, campaigns.id] }),
    check('campaign_versions_time', sql`live_until >= live_from`),
  ],
)

/** A version's trigger as columns, so that a batch of changes is matched by one join. Null: any status. */
export const campaignTriggers = pgTable(
  'campaign_triggers',
  {
    versionId: uuid('version_id').primaryKey(),
    workspaceId: workspaceId(),
    axis: text('axis').notNull(),
    fromIds: uuid('from_ids').array(),
    fromGroup: text('from_group'),
    toIds: uuid('to_ids').array(),
    toGroup: text('to_group'),
    includingCreation: boolean('including_creation').notNull(),
    leaveWhenStatusChanges: boolean('leave_when_status_changes').notNull(),
    firstNode: text('first_node'),
  },
  (t) => [
    foreignKey({
      columns: [t.workspaceId, t.versionId],
      foreignColumns: [campaignVersions.workspaceId, campaignVersions.id],
    }),
    check('campaign_triggers_axis', oneOf('axis', AXES)),
  ],
)

/** Where orders or customers wait: a status with a timeout, or a wait step of a version. One durable timer each. */
export const places = pgTable(
  'places',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    statusId: uuid('status_id'),
    versionId: uuid('version_id'),
    nodeId: text('node_id'),
    amount: integer('amount').notNull(),
    unit: text('unit').notNull(),
    /** When its timer looks next; null before its first look. */
    wakeAt: at('wake_at'),
    /** A place whose rule is gone is not looked at any more. */
    closedAt: at('closed_at'),
  },
  (t) => [
    unique('places_workspace').on(t.workspaceId, t.id),
    unique('places_status').on(t.statusId),
    unique('places_step').on(t.versionId, t.nodeId),
    foreignKey({ columns: [t.workspaceId, t.statusId], foreignColumns: [orderStatuses.workspaceId, orderStatuses.id] }),
    foreignKey({
      columns: [t.workspaceId, t.versionId],
      foreignColumns: [campaignVersions.workspaceId, campaignVersions.id],
    }),
    // places whose timer should have looked already
    index('places_overdue').on(t.wakeAt).where(sql`closed_at is null`),
    check(
      'places_one',
      sql`(status_id is not null) = (version_id is null) and (version_id is null) = (node_id is null)`,
    ),
    check('places_unit', oneOf('unit', UNITS)),
  ],
)

export const COHORT_STATES = ['walking', 'held', 'rest', 'stuck'] as const

/** Members of one version who go on together, at most COHORT_MAX. */
export const cohorts = pgTable(
  'cohorts',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    campaignId: uuid('campaign_id').notNull(),
    versionId: uuid('version_id').notNull(),
    /** The batch or place it came from. */
    originId: uuid('origin_id').notNull(),
    state: text('state').notNull(),
    createdAt: at('created_at').notNull(),
    /** When a step last moved its members. */
    progressAt: at('progress_at').notNull(),
    /** How often it was started again after standing still. */
    restarts: integer('restarts').notNull().default(0),
    error: text('error'),
  },
  (t) => [
    foreignKey({
      columns: [t.workspaceId, t.versionId],
      foreignColumns: [campaignVersions.workspaceId, campaignVersions.id],
    }),
    // the cohorts of a batch or of one release
    index('cohorts_origin').on(t.originId, t.state),
    // who has stood still, and who is held or stuck
    index('cohorts_open').on(t.state, t.progressAt).where(sql`state <> 'rest'`),
    check('cohorts_state', oneOf('state', COHORT_STATES)),
  ],
)

export const ENROLMENT_STATES = ['walking', 'waiting', 'ended'] as const

/** One customer's way through a campaign, begun by one change of one order. */
export const enrolments = pgTable(
  'enrolments',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    campaignId: uuid('campaign_id').notNull(),
    versionId: uuid('version_id').notNull(),
    changeId: uuid('change_id').notNull(),
    orderId: uuid('order_id').notNull(),
    customerId: uuid('customer_id'),
    cohortId: uuid('cohort_id').notNull(),
    /** The step the member stands at; null when it has ended. */
    nodeId: text('node_id'),
    state: text('state').notNull(),
    placeId: uuid('place_id'),
    dueAt: at('due_at'),
    enteredAt: at('entered_at').notNull(),
    endedAt: at('ended_at'),
    /** Why it ended: finished, or left_status. */
    endReason: text('end_reason'),
  },
  (t) => [
    unique('enrolments_once').on(t.campaignId, t.changeId),
    // its change, customer and version are read by the statement that writes it, its cohort just before; none is removed
    foreignKey({ columns: [t.workspaceId, t.orderId], foreignColumns: [orders.workspaceId, orders.id] }),
    foreignKey({ columns: [t.workspaceId, t.placeId], foreignColumns: [places.workspaceId, places.id] }),
    // the members of a cohort at a step
    index('enrolments_cohort').on(t.cohortId, t.nodeId).where(sql`state = 'walking'`),
    // who is due at a wait step
    index('enrolments_due').on(t.placeId, t.dueAt).where(sql`state = 'waiting'`),
    // the campaigns an order is in
    index('enrolments_order').on(t.orderId),
    check('enrolments_state', oneOf('state', ENROLMENT_STATES)),
    check('enrolments_waiting', sql`(state = 'waiting') = (due_at is not null and place_id is not null)`),
    check(
      'enrolments_ended',
      sql`(state = 'ended') = (ended_at is not null and end_reason is not null and node_id is null)`,
    ),
  ],
)

/** The journal: what each step did with each member. Append-only; a step meets a member once. */
export const enrolmentSteps = pgTable(
  'enrolment_steps',
  {
    workspaceId: workspaceId(),
    enrolmentId: uuid('enrolment_id').notNull(),
    nodeId: text('node_id').notNull(),
    at: at('at').notNull(),
    /** What came of it: yes, no, waits, waited, left, queued, suppressed, skipped, ended. */
    outcome: text('outcome').notNull(),
    /** Until when a wait lasts. */
    until: at('until'),
  },
  (t) => [
    // written only by the statement that moves the member
    primaryKey({ columns: [t.enrolmentId, t.nodeId, t.outcome] }),
  ],
)
