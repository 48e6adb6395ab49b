import type { Logger } from 'pino'
import type { Store } from '../db/client.ts'
import { type AdmissionLimits, admission } from './admission.ts'
import { ownerRequired } from './auth.ts'
import { jsonBody } from './body.ts'
import { openChanges } from './changes.ts'
import { kannel } from './inbound/kannel.ts'
import { sandbox } from './inbound/sandbox.ts'
import { woocommerce } from './inbound/woocommerce.ts'
import { openMetrics } from './metrics.ts'
import { pages } from './pages.ts'
import { notFound, onError } from './problem.ts'
import { requestLog } from './request-log.ts'
import { routes } from './route.ts'
import { analytics } from './routes/analytics.ts'
import { archives } from './routes/archive.ts'
import { bulkMoves } from './routes/bulk-moves.ts'
import { campaignViews } from './routes/campaign-views.ts'
import { campaigns } from './routes/campaigns.ts'
import { channels } from './routes/channels.ts'
import { customers } from './routes/customers.ts'
import { docs } from './routes/docs.ts'
import { events } from './routes/events.ts'
import { health } from './routes/health.ts'
import { integrations } from './routes/integrations.ts'
import { messages } from './routes/messages.ts'
import { metricsPage } from './routes/metrics.ts'
import { orders } from './routes/orders.ts'
import { phones } from './routes/phones.ts'
import { segments } from './routes/segments.ts'
import { session } from './routes/session.ts'
import { signInPages } from './routes/sign-in.ts'
import { statusContainers } from './routes/status-containers.ts'
import { IMPORT_PATH, statusImport } from './routes/status-import.ts'
import { statusMap } from './routes/status-map.ts'
import { statusRemoval } from './routes/status-removal.ts'
import { statusTimeouts } from './routes/status-timeouts.ts'
import { statuses } from './routes/statuses.ts'
import { changeStream } from './routes/stream.ts'
import { system } from './routes/system.ts'
import { workspace } from './routes/workspace.ts'

export interface AppOptions {
  store: Store
  logger?: Logger
  limits?: { admission?: AdmissionLimits; bodyMaxBytes?: number; shopBodyMaxBytes?: number; beatEveryMs?: number }
  /** Ends the streams of pages, which would else never end. */
  stopping?: AbortSignal
  /** Where the build of the pages lies. */
  pagesFolder?: string
}

/** All that HTTP can ask of a store. Without key or session: health, figures for this machine, description, sign-in,
 *  the files of the pages, and what proves itself by signature or path. */
export function createApp({ store, logger, limits = {}, stopping, pagesFolder }: AppOptions) {
  const app = routes()
  app.onError(onError)
  app.notFound(notFound(app))
  app.use(async (c, next) => {
    c.set('store', store)
    c.set('logger', logger)
    await next()
  })
  const metrics = openMetrics(store)
  app.use(requestLog(metrics))
  app.use('/v1/*', admission(limits.admission))
  const open = app
    .route('/', health())
    .route('/', metricsPage(metrics))
    .route('/', docs(app))
    .route('/', woocommerce(limits.shopBodyMaxBytes))
  app.use('/v1/receipts/*', jsonBody(limits.bodyMaxBytes))
  app.use('/v1/replies/*', jsonBody(limits.bodyMaxBytes))
  const proven = open.route('/', sandbox()).route('/', kannel()).route('/', signInPages())
  app.use('/v1/*', ownerRequired(store), jsonBody(limits.bodyMaxBytes, [IMPORT_PATH]))
  const all = proven
    .route('/', session())
    .route('/', workspace())
    .route('/', changeStream(openChanges(store, stopping), limits.beatEveryMs))
    .route('/', system())
    .route('/', events(store))
    .route('/', orders())
    .route('/', bulkMoves())
    .route('/', archives())
    .route('/', statuses())
    .route('/', statusContainers())
    .route('/', statusRemoval())
    .route('/', statusTimeouts())
    .route('/', statusMap())
    .route('/', analytics())
    .route('/', statusImport())
    .route('/', campaigns())
    .route('/', campaignViews())
    .route('/', segments())
    .route('/', customers())
    .route('/', messages())
    .route('/', phones())
    .route('/', channels())
    .route('/', integrations())
  app.use(pages(pagesFolder))
  return all
}
export type App = ReturnType<typeof createApp>
