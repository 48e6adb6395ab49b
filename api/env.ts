import type { Logger } from 'pino'
import type { Store, Tx } from '../db/client.ts'
import type { Actor } from '../db/model/moves.ts'

/** What a request carries along, by `c.var`. */
export interface Env {
  Variables: {
    store: Store
    logger: Logger | undefined
    requestId: string
    /** The body as JSON; undefined where there was none. */
    json: unknown
    /** Whose request it is; undefined before a key, signature or secret path has proven it. */
    workspaceId: string | undefined
    /** Who asks; only behind a key. */
    actor: Actor & { id: string }
    /** Runs `work` in one transaction of the key's workspace; only behind a key. */
    inWorkspace: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  }
}
