import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import { SESSION_LASTS_MS, signIn } from '../../db/sessions.ts'
import { originOf, SESSION_COOKIE } from '../auth.ts'
import { plainPage } from '../plain-page.ts'
import { routes } from '../route.ts'

const SUBMIT = 'document.forms[0].submit()'
const OPENING = plainPage(
  'Tidings',
  `<form method="post"><button>Open Tidings</button></form><script>${SUBMIT}</script>`,
)
const SPENT = plainPage(
  'This link does not work any more',
  `<p>A link opens Tidings once, and within a day. Get another on the computer where Tidings runs:</p>
<p><code>npm run workspace -- sign-in</code></p><p>Is this browser signed in already? <a href="/">Open Tidings</a></p>`,
)

const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(SUBMIT).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  // the address is a secret until it is spent
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
}

/**
 * Signs a browser in by a link that works once. Looking at the link spends nothing, for programs that preview links
 * look too: the page sends itself, and that spends it.
 */
export const signInPages = () =>
  routes()
    .get('/sign-in/:token', (c) => c.html(OPENING, 200, HEADERS))
    .post('/sign-in/:token', async (c) => {
      // nobody is to be signed in somewhere by a page of somebody else
      const secret = originOf(c) === 'foreign' ? null : await signIn(c.var.store, c.req.param('token'), Date.now())
      if (secret === null) return c.html(SPENT, 410, HEADERS)
      setCookie(c, SESSION_COOKIE, secret, {
        path: '/',
        httpOnly: true,
        sameSite: 'Lax',
        secure: isSecure(c),
        maxAge: SESSION_LASTS_MS / 1000,
      })
      c.header('Cache-Control', 'no-store')
      return c.redirect('/', 303)
    })

/** Whether the browser came by https, perhaps to a proxy before us. */
const isSecure = (c: Context): boolean =>
  (c.req.header('x-forwarded-proto') ?? new URL(c.req.url).protocol).startsWith('https')
