import { sql } from 'drizzle-orm'
import { integer, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** An instant, with its time zone. */
export const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

export const workspaceId = () => uuid('workspace_id').notNull()

/** The five columns of one axis of an order; see orders.ts. */
export const standing = <A extends string>(axis: A) => ({
  /** Null only inside the transaction that creates the order. */
  statusId: uuid(`${axis}_status_id`),
  /** Lets a foreign key hold the status to its own axis. */
  axis: text(`${axis}_axis`).generatedAlwaysAs(sql.raw(`'${axis}'`)),
  seq: integer(`${axis}_seq`).notNull().default(0),
  changedAt: at(`${axis}_changed_at`),
  /** From when a timeout counts; null: not waiting. */
  dueFrom: at(`${axis}_due_from`),
  /** The sequence at which a timeout's move was refused; it is not tried again before the next change. */
  refusedSeq: integer(`${axis}_refused_seq`),
})

/** `column in (…)` for a closed list of the model. */
export const oneOf = (column: string, values: readonly string[]) =>
  sql.raw(`${column} in (${values.map((v) => `'${v}'`).join(', ')})`)
