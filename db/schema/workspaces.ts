import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  char,
  check,
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
import { CHANNEL_KINDS } from '../model/channel.ts'
import { at, oneOf, workspaceId } from './columns.ts'

/** One row: which installation this is, and which engine namespace it last worked with. */
export const installation = pgTable('installation', {
  id: uuid('id').primaryKey(),
  engineNamespaceId: text('engine_namespace_id'),
})

export const workspaces = pgTable(
  'workspaces',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    preset: text('preset').notNull(),
    /** IANA name; calendar months are counted in it. */
    timezone: text('timezone').notNull(),
    /** ISO 3166-1 alpha-2; how national phone numbers are read. */
    region: char('region', { length: 2 }).notNull(),
    currency: char('currency', { length: 3 }).notNull(),
    /** When the Orders block was last switched, on or off, and by whom; null while nobody has. Source: S1-02. */
    ordersEnabledAt: at('orders_enabled_at'),
    ordersEnabledBy: text('orders_enabled_by'),
    ordersEnabled: boolean('orders_enabled').notNull().default(false),
    /** The next number for an order that comes without one. */
    nextNumber: bigint('next_number', { mode: 'number' }).notNull().default(1001),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    check(
      'workspaces_enabled_by',
      sql`not ${t.ordersEnabled} or (${t.ordersEnabledAt} is not null and ${t.ordersEnabledBy} is not null)`,
    ),
    check('workspaces_name', sql`length(${t.name}) between 1 and 80`),
  ],
)

/** Keys of other systems; only a hash of the secret part is kept. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId().references(() => workspaces.id),
    name: text('name').notNull(),
    role: text('role').notNull(),
    /** SHA-256 of the secret, hex. */
    hash: char('hash', { length: 64 }).notNull(),
    createdAt: at('created_at').notNull(),
    revokedAt: at('revoked_at'),
  },
  (t) => [
    check('api_keys_role', oneOf('role', ['admin', 'operator'])),
    // list a workspace's keys
    index('api_keys_workspace').on(t.workspaceId),
  ],
)

/** Links that sign a browser in, once; only a hash of their secret is kept. */
export const signInLinks = pgTable(
  'sign_in_links',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId().references(() => workspaces.id),
    /** SHA-256 of the secret, hex. */
    hash: char('hash', { length: 64 }).notNull().unique(),
    createdAt: at('created_at').notNull(),
    expiresAt: at('expires_at').notNull(),
    usedAt: at('used_at'),
  },
  (t) => [check('sign_in_links_time', sql`${t.expiresAt} > ${t.createdAt}`)],
)

/** Browsers that are signed in; the cookie's secret is kept as a hash only. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId().references(() => workspaces.id),
    /** SHA-256 of the secret, hex. */
    hash: char('hash', { length: 64 }).notNull().unique(),
    createdAt: at('created_at').notNull(),
    expiresAt: at('expires_at').notNull(),
    endedAt: at('ended_at'),
  },
  (t) => [check('sessions_time', sql`${t.expiresAt} > ${t.createdAt}`)],
)

/** Ways out to phones; the token is the secret path of receipts and replies. */
export const channels = pgTable(
  'channels',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId().references(() => workspaces.id),
    kind: text('kind').notNull(),
    token: text('token').notNull().unique(),
    /** Where its gateway is and how it lets us in; its form is the kind's own. */
    settings: jsonb('settings').notNull().default({}),
    /** Whether new texts leave by it. */
    inUse: boolean('in_use').notNull().default(false),
    createdAt: at('created_at').notNull(),
    /** When its gateway last began to take texts; null before the first. */
    heardAt: at('heard_at'),
    /** Since when it takes none, and what it said last; null while it does. */
    failingSince: at('failing_since'),
    failingReason: text('failing_reason'),
  },
  (t) => [
    unique('channels_workspace').on(t.workspaceId, t.id),
    unique('channels_kind').on(t.workspaceId, t.kind),
    // texts leave by one channel
    uniqueIndex('channels_in_use').on(t.workspaceId).where(sql`in_use`),
    check('channels_kind_known', oneOf('kind', CHANNEL_KINDS)),
  ],
)

/** What gateways did with a workspace's texts, a row for ten seconds in which there were any; of the last hours only. */
export const handOverCounts = pgTable(
  'hand_over_counts',
  {
    workspaceId: workspaceId(),
    at: at('at').notNull(),
    /** Texts that gateways took. */
    handed: integer('handed').notNull(),
    /** Texts that they refused for good. */
    failed: integer('failed').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.at] })],
)

/** Workers that are alive, and when the engine last answered each. */
export const workers = pgTable('workers', {
  id: uuid('id').primaryKey(),
  seenAt: at('seen_at').notNull(),
  engineAt: at('engine_at'),
})
