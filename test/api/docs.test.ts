import { expect, it } from 'vitest'
import { ask, openApi } from './client.ts'

const { app } = await openApi()
const { body: document } = await ask(app, 'GET', '/v1/openapi.json')
const { body: page, headers } = await ask(app, 'GET', '/docs')

const PAGES = ['/docs', '/v1/openapi.json', '/metrics', '/sign-in/:token']

it('describes every route as OpenAPI 3.1', () => {
  expect(document.openapi).toBe('3.1.0')
  const described = Object.entries(document.paths as Record<string, object>).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const served = app.routes
    .filter(({ method, path }) => method !== 'ALL' && !PAGES.includes(path))
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
  expect(new Set(described)).toEqual(new Set(served))
})

it('names the fixed surface', () => {
  for (const path of [
    '/v1/events',
    '/v1/orders',
    '/v1/orders/{number}/status',
    '/v1/statuses/{type}/{code}',
    '/v1/campaigns/{id}/draft',
  ])
    expect(document.paths[path]).toBeDefined()
})

it('refers to nothing that it does not define', () => {
  const refs = new Set(JSON.stringify(document).match(/#\/components\/\w+\/\w+/g))
  expect(refs.size).toBeGreaterThan(5)
  for (const ref of refs) {
    const [, , kind, name] = ref.split('/') as [string, string, string, string]
    expect(document.components[kind][name], ref).toBeDefined()
  }
})

it('asks for a key or a session everywhere but where a request proves itself otherwise', () => {
  const open = Object.entries(document.paths as Record<string, Record<string, { security?: unknown[] }>>).flatMap(
    ([path, item]) => (Object.values(item).some((o) => o.security?.length === 0) ? [path] : []),
  )
  expect(document.security).toEqual([{ key: [] }, { session: [] }])
  expect(open.sort()).toEqual([
    '/health/live',
    '/health/ready',
    '/v1/inbound/woocommerce/{id}',
    '/v1/receipts/kannel/{token}',
    '/v1/receipts/sandbox/{token}',
    '/v1/replies/kannel/{token}',
    '/v1/replies/sandbox/{token}',
  ])
})

it('shows a page that works offline: no script, nothing from elsewhere', () => {
  expect(headers.get('content-type')).toMatch(/^text\/html/)
  expect(page).toContain('/v1/orders/{number}/status')
  expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)[^"<]*"/)
})
