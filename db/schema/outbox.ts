import { sql } from 'drizzle-orm'
import { bigserial, check, index, integer, jsonb, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { at, workspaceId } from './columns.ts'
import { workspaces } from './workspaces.ts'

/** What a batch of changes leads to is one workflow's work. */
export const batches = pgTable(
  'batches',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId().references(() => workspaces.id),
    size: integer('size').notNull(),
    createdAt: at('created_at').notNull(),
    startedAt: at('started_at'),
    /** When all its consequences stood. */
    consequencesAt: at('consequences_at'),
    /** A batch of one change that cannot be handled. */
    failedAt: at('failed_at'),
    error: text('error'),
    restarts: integer('restarts').notNull().default(0),
    /** Which failure it was last cut in two for. */
    lastCut: text('last_cut'),
  },
  (t) => [
    unique('batches_workspace').on(t.workspaceId, t.id),
    // what is not done yet, oldest first
    index('batches_open').on(t.createdAt).where(sql`consequences_at is null and failed_at is null`),
    // how many of a workspace are under way
    index('batches_of_workspace').on(t.workspaceId).where(sql`consequences_at is null and failed_at is null`),
    // what went wrong, for people
    index('batches_failed').on(t.workspaceId, t.failedAt).where(sql`failed_at is not null`),
    check('batches_size', sql`size between 1 and 500`),
  ],
)

/** What must reach the engine; written in the transaction of its cause, carried by the relay. */
export const outbox = pgTable(
  'outbox',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    // without foreign keys: a queue is written for every change, and its policy takes the present workspace only
    workspaceId: workspaceId(),
    topic: text('topic').notNull(),
    /** What it is about: a change, a place, a campaign. */
    subjectId: uuid('subject_id').notNull(),
    payload: jsonb('payload').notNull().default({}),
    createdAt: at('created_at').notNull(),
    batchId: uuid('batch_id'),
    doneAt: at('done_at'),
  },
  (t) => [
    // a change is told once
    uniqueIndex('outbox_once').on(t.subjectId).where(sql`topic = 'order.status_changed'`),
    // changes not yet in a batch, a workspace at a time
    index('outbox_changes').on(t.workspaceId, t.id).where(sql`topic = 'order.status_changed' and batch_id is null`),
    // everything else that is not carried yet
    index('outbox_controls').on(t.id).where(sql`topic <> 'order.status_changed' and done_at is null`),
    // the changes of a batch
    index('outbox_batch').on(t.batchId),
    check('outbox_topic', sql`topic in ('order.status_changed', 'place.wake', 'cohort.go')`),
  ],
)
