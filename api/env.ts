import type { HttpBindings } from '@hono/node-server'
import type { Logger } from 'pino'
import type { Store, Tx } from '../db/client.ts'

/** What a request carries along, by `c.var`. */
export interface Env {
  /** The sockets of a request; missing where none came over one. */
  Bindings: Partial<HttpBindings>
  Variables: {
    store: Store
    logger: Logger | undefined
    requestId: string
    /** Ids of the changes it made, the first ones, by which they are found in the store and in other logs. */
    changes: readonly string[] | undefined
    /** The body as JSON; undefined where there was none. */
    json: unknown
    /** Whose request it is; undefined before a key, session, signature or secret path has proven it. */
    workspaceId: string | undefined
    /** Who asks; only behind a key or a session. */
    actor: { kind: 'key' | 'person'; id: string }
    /** Whether what let the request in would let it in again; only behind a key or a session. */
    isStillIn: () => Promise<boolean>
    /** Runs `work` in one transaction of the actor's workspace; only behind a key or a session. */
    inWorkspace: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  }
}
