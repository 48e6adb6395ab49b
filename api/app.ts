import type { Logger } from 'pino'
import type { Store } from '../db/client.ts'
import { keyRequired } from './auth.ts'
import { jsonBody } from './body.ts'
import { sandbox } from './inbound/sandbox.ts'
import { woocommerce } from './inbound/woocommerce.ts'
import { notFound, onError } from './problem.ts'
import { requestLog } from './request-log.ts'
import { routes } from './route.ts'
import { campaignViews } from './routes/campaign-views.ts'
import { campaigns } from './routes/campaigns.ts'
import { docs } from './routes/docs.ts'
import { events } from './routes/events.ts'
import { health } from './routes/health.ts'
import { integrations } from './routes/integrations.ts'
import { messages } from './routes/messages.ts'
import { orders } from './routes/orders.ts'
import { statuses } from './routes/statuses.ts'

export interface AppOptions {
  store: Store
  logger?: Logger
  limits?: { bodyMaxBytes?: number; shopBodyMaxBytes?: number }
}

/** All that HTTP can ask of a store. Without a key: health, description, and what proves itself by signature or path. */
export function createApp({ store, logger, limits = {} }: AppOptions) {
  const app = routes()
  app.onError(onError)
  app.notFound(notFound(app))
  app.use(async (c, next) => {
    c.set('store', store)
    c.set('logger', logger)
    await next()
  })
  app.use(requestLog)
  const open = app.route('/', health()).route('/', docs(app)).route('/', woocommerce(limits.shopBodyMaxBytes))
  app.use('/v1/receipts/*', jsonBody(limits.bodyMaxBytes))
  app.use('/v1/replies/*', jsonBody(limits.bodyMaxBytes))
  const proven = open.route('/', sandbox())
  app.use('/v1/*', keyRequired(store), jsonBody(limits.bodyMaxBytes))
  return proven
    .route('/', events(store))
    .route('/', orders())
    .route('/', statuses())
    .route('/', campaigns())
    .route('/', campaignViews())
    .route('/', messages())
    .route('/', integrations())
}
export type App = ReturnType<typeof createApp>
