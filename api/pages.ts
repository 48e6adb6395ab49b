import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import type { MiddlewareHandler } from 'hono'
import type { Env } from './env.ts'
import { plainPage } from './plain-page.ts'

/** Where the build of the editor lies. */
const FOLDER = fileURLToPath(new URL('../.editor', import.meta.url))
/** Addresses that are no pages of the browser's router. */
const NO_PAGES = /^\/(v1|docs|health|sign-in|assets)(\/|$)/
/** Their names hold a hash of what is in them. */
const FOR_EVER = 'public, max-age=31536000, immutable'
const NOT_BUILT = plainPage(
  'The pages are not built yet',
  '<p><code>npm start</code> builds them. The interface for programs is there: <a href="/docs">docs</a>.</p>',
)

/**
 * The pages: files under `/assets`, and the one document for every other address that a browser opens, because the
 * browser finds the page itself. What is neither is left to others.
 */
export function pages(folder = FOLDER): MiddlewareHandler<Env> {
  const file = assets(folder)
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next()
    if (c.req.path.startsWith('/assets/')) return file(c, next)
    if (NO_PAGES.test(c.req.path) || !c.req.header('accept')?.includes('text/html')) return next()
    const html = await readIndex(folder)
    return c.html(html ?? NOT_BUILT, html === null ? 503 : 200, headersFor(html ?? ''))
  }
}

function assets(folder: string): MiddlewareHandler<Env> {
  // a library that complains about a folder that is not built yet is asked only once it is
  let serve: MiddlewareHandler<Env> | undefined
  return async (c, next) => {
    if (!existsSync(join(folder, 'assets'))) return next()
    serve ??= serveStatic<Env>({ root: folder, precompressed: true })
    const found = await serve(c, next)
    // what the next one answered is not ours
    if (!(found instanceof Response)) return
    found.headers.set('Cache-Control', FOR_EVER)
    found.headers.set('X-Content-Type-Options', 'nosniff')
    return found
  }
}

async function readIndex(folder: string): Promise<string | null> {
  try {
    return await readFile(join(folder, 'index.html'), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

const SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g
const sourceOf = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`

/** Nothing but what is ours runs in the page; scripts that stand in it are named by their hash. Source: CSP Level 3. */
function headersFor(html: string): Record<string, string> {
  const own = [...html.matchAll(SCRIPT)].map(([, script]) => sourceOf(script!))
  return {
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': [
      `default-src 'self'`,
      `script-src ${["'self'", ...own].join(' ')}`,
      `style-src 'self' 'unsafe-inline'`,
      `img-src 'self' data:`,
      `connect-src 'self'`,
      `frame-ancestors 'none'`,
      `base-uri 'none'`,
      `form-action 'self'`,
    ].join('; '),
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  }
}
