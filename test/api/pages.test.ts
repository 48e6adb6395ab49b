import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { createApp } from '../../api/app.ts'
import { ask, openApi } from './client.ts'

const root = mkdtempSync(join(tmpdir(), 'tidings-pages-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const folder = join(root, 'built')
const CODE = 'export const answer = 42\n'.repeat(100)
const INLINE = "document.documentElement.dataset.theme = 'dark'"
const INDEX = `<!doctype html><html><head><script>${INLINE}</script><script type="module" src="/assets/main-1a2b.js"></script></head></html>`
mkdirSync(join(folder, 'assets'), { recursive: true })
writeFileSync(join(root, 'secret.txt'), 'not for browsers')
writeFileSync(join(folder, 'index.html'), INDEX)
writeFileSync(join(folder, 'assets', 'main-1a2b.js'), CODE)
writeFileSync(join(folder, 'assets', 'main-1a2b.js.br'), brotliCompressSync(CODE))
writeFileSync(join(folder, 'assets', 'main-1a2b.js.gz'), gzipSync(CODE))
writeFileSync(join(folder, 'assets', 'main-3c4d.css'), 'body{}')

const { app, store } = await openApi({ pagesFolder: folder })
const browse = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  ask(app, method, path, undefined, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', ...headers })
const load = (path: string, encoding = 'gzip, deflate, br, zstd') =>
  app.request(path, { headers: { accept: '*/*', 'accept-encoding': encoding } })

describe('the document of the pages', () => {
  it.each(['/', '/orders', '/orders/T-1001', '/campaigns/x/edit?step=1', '/v10', '/docstring', '/healthy'])(
    'is what a browser gets at %s',
    async (path) => {
      const { status, body, headers } = await browse(path)
      expect([status, body]).toEqual([200, INDEX])
      expect(headers.get('content-type')).toMatch(/^text\/html/)
      expect(headers.get('cache-control')).toBe('no-cache')
    },
  )

  it('lets run and load nothing but what is ours, names its own script by hash, and is shown in no frame', async () => {
    const { headers } = await browse('/')
    const hash = createHash('sha256').update(INLINE).digest('base64')
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'self'; script-src 'self' 'sha256-${hash}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'`,
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
  })

  it('is not given at addresses of the API, nor to programs, nor for other methods', async () => {
    for (const path of ['/v1', '/v1/nothing'])
      expect(await browse(path), path).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
    for (const path of ['/health', '/health/nothing', '/sign-in', '/docs/nothing', '/assets', '/assets/none.js'])
      expect(await browse(path), path).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect(await ask(app, 'GET', '/orders')).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect(await browse('/orders', { accept: 'application/json' })).toMatchObject({ status: 404 })
    expect(await browse('/orders', {}, 'POST')).toMatchObject({ status: 404 })
  })

  it('is the one that was built last', async () => {
    writeFileSync(join(folder, 'index.html'), `${INDEX}\n`)
    expect((await browse('/')).body).toBe(`${INDEX}\n`)
    writeFileSync(join(folder, 'index.html'), INDEX)
  })
})

describe('a file of the pages', () => {
  it('comes in the smallest form that the browser takes, for ever', async () => {
    for (const [encoding, expected] of [
      ['gzip, deflate, br, zstd', 'br'],
      ['gzip', 'gzip'],
      ['identity', null],
    ] as const) {
      const response = await load('/assets/main-1a2b.js', encoding)
      expect([response.status, response.headers.get('content-encoding')]).toEqual([200, expected])
      expect(response.headers.get('content-type')).toMatch(/javascript/)
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      const bytes = (await response.arrayBuffer()).byteLength
      if (expected === null) expect(bytes).toBe(CODE.length)
      else {
        expect(bytes).toBeLessThan(CODE.length / 10)
        expect(response.headers.get('vary')).toMatch(/accept-encoding/i)
      }
    }
    expect((await load('/assets/main-3c4d.css')).headers.get('content-type')).toMatch(/^text\/css/)
  })

  it('is one of the folder: nothing beside it can be read', async () => {
    for (const path of [
      '/assets/../../secret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/assets/%2e%2e/%2e%2e/secret.txt',
      '/assets/..\\..\\secret.txt',
      '/assets//etc/passwd',
      '/assets/%00',
      '/assets/..%252f..%252fsecret.txt',
    ]) {
      const response = await load(path)
      expect(response.status, path).toBe(404)
      expect(await response.text()).not.toContain('not for browsers')
    }
  })
})

it('says in plain words that the pages are not built, until they are', async () => {
  const later = join(root, 'later')
  const unbuilt = createApp({ store, pagesFolder: later })
  const { status, body } = await ask(unbuilt, 'GET', '/', undefined, { accept: 'text/html' })
  expect(status).toBe(503)
  expect(body).toContain('npm start')
  expect((await ask(unbuilt, 'GET', '/assets/a.js')).status).toBe(404)
  mkdirSync(join(later, 'assets'), { recursive: true })
  writeFileSync(join(later, 'index.html'), INDEX)
  writeFileSync(join(later, 'assets', 'a.js'), CODE)
  expect((await ask(unbuilt, 'GET', '/', undefined, { accept: 'text/html' })).body).toBe(INDEX)
  expect((await ask(unbuilt, 'GET', '/assets/a.js')).status).toBe(200)
})
