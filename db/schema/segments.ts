import { sql } from 'drizzle-orm'
import { check, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { at, workspaceId } from './columns.ts'
import { workspaces } from './workspaces.ts'

/** A rule that says which customers belong together; who does is asked of the store each time. Source: S1-23. */
export const segments = pgTable(
  'segments',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId().references(() => workspaces.id),
    name: text('name').notNull(),
    /** The name without case and outer spaces. */
    nameKey: text('name_key').notNull(),
    rule: jsonb('rule').notNull(),
    version: integer('version').notNull().default(1),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [
    unique('segments_name').on(t.workspaceId, t.nameKey),
    check('segments_name_length', sql`length(name) between 1 and 80`),
  ],
)
