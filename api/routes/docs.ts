import { SESSION_COOKIE } from '../auth.ts'
import { docsPage } from '../docs-page.ts'
import { routes } from '../route.ts'

const INFO = {
  title: 'Tidings',
  version: '1',
  description:
    'A store of order statuses with campaigns on top. Send a key as `Authorization: Bearer td_…`. What is refused is answered as `application/problem+json` with a stable `code`.',
}

/** The description of `app`, for programs and for people. Everything on the page comes from here, so it works offline. */
export const docs = (app: ReturnType<typeof routes>) => {
  app.openAPIRegistry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer' })
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: SESSION_COOKIE,
  })
  // made at the first request, when all routes are there
  let made: ReturnType<typeof app.getOpenAPI31Document> | undefined
  const describe = () => {
    made ??= app.getOpenAPI31Document({ openapi: '3.1.0', info: INFO, security: [{ key: [] }, { session: [] }] })
    return made
  }
  return routes()
    .get('/v1/openapi.json', (c) => c.json(describe()))
    .get('/docs', (c) =>
      c.html(docsPage(describe()), 200, { 'Content-Security-Policy': "default-src 'self'; style-src 'unsafe-inline'" }),
    )
}
