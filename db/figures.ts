import { sql } from 'drizzle-orm'
import { asTime, rows, type Store } from './client.ts'

/** Something counted over all workspaces together; `label` tells its kinds apart. */
export interface Counted {
  name: string
  label: string
  value: number
}

/** What is under way in the installation, for those who watch it. It names no workspace and nobody. */
export const listFigures = (store: Store, nowMs: number) =>
  rows<Counted>(store.across, sql`select name, label, value from figures(${asTime(nowMs)})`)
