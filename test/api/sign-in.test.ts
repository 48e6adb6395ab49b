import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { addSignInLink } from '../../db/sessions.ts'
import { ask, openApi } from './client.ts'

const { app, store, workspaceId, log } = await openApi()
const link = async () => `/sign-in/${await store.inWorkspace(workspaceId, (tx) => addSignInLink(tx, Date.now()))}`
const spend = (path: string, headers: Record<string, string> = {}) => ask(app, 'POST', path, undefined, headers)

describe('a link to sign in', () => {
  it('is not spent by looking at it, however often', async () => {
    const path = await link()
    for (const method of ['GET', 'HEAD', 'GET']) expect((await ask(app, method, path)).status).toBe(200)
    expect((await spend(path)).status).toBe(303)
  })

  it('shows a page that sends itself: one button, one script that its policy names by hash, nothing from elsewhere', async () => {
    const { body, headers } = await ask(app, 'GET', await link())
    expect(body).toContain('<form method="post"><button>Open Tidings</button></form>')
    const [, script] = /<script>(.*?)<\/script>/.exec(body)!
    const hash = createHash('sha256').update(script!).digest('base64')
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`script-src 'sha256-${hash}'`)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).not.toMatch(/https?:/)
  })

  it('spent, brings the browser to the pages with the cookie of a session', async () => {
    const { status, headers } = await spend(await link())
    expect([status, headers.get('location')]).toEqual([303, '/'])
    const cookie = headers.get('set-cookie')!
    expect(cookie).toMatch(/^tidings_session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/)
    const session = await ask(app, 'GET', '/v1/session', undefined, { cookie: cookie.split(';')[0]! })
    expect(session.body.workspace.id).toBe(workspaceId)
  })

  it('keeps the cookie to https where the browser came by https', async () => {
    const { headers } = await spend(await link(), { 'x-forwarded-proto': 'https' })
    expect(headers.get('set-cookie')).toContain('; Secure')
  })

  it('wrong or used, says how to get another', async () => {
    const used = await link()
    await spend(used)
    for (const path of [used, '/sign-in/x', `/sign-in/${'x'.repeat(43)}`, '/sign-in/%00']) {
      const { status, body, headers } = await spend(path)
      expect([status, headers.get('set-cookie')], path).toEqual([410, null])
      expect(body).toContain('npm run workspace -- sign-in')
    }
  })

  it('is not spent by a page of somebody else', async () => {
    const path = await link()
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'http://evil.example', host: 'localhost' }])
      expect((await spend(path, headers)).status).toBe(410)
    expect((await spend(path, { 'sec-fetch-site': 'same-origin' })).status).toBe(303)
  })

  it('stays out of the log, as the cookie does', async () => {
    log.lines.length = 0
    const path = await link()
    await ask(app, 'GET', path)
    const cookie = (await spend(path)).headers.get('set-cookie')!
    const written = JSON.stringify(log.lines)
    expect(log.lines.map((l) => l.path)).toEqual(['/sign-in/…', '/sign-in/…'])
    expect(written).not.toContain(path.split('/').at(-1))
    expect(written).not.toContain(/=([\w-]+)/.exec(cookie)![1])
  })

  it('stays out of the log also where a proxy or a program wrote its address in another way', async () => {
    log.lines.length = 0
    const path = await link()
    const secret = path.split('/').at(-1)!
    for (const odd of [
      `/${path}`,
      `/sign-in%2F${secret}`,
      `/%73ign-in/${secret}`,
      `/Sign-In/${secret}`,
      `/tidings${path}/`,
    ])
      await ask(app, 'GET', odd)
    for (const what of ['receipts', 'replies'])
      for (const odd of [`//v1/${what}/kannel/${secret}`, `/v1/${what}/${secret}`, `/v1/${what}//kannel/${secret}`])
        await ask(app, 'GET', odd)
    expect(log.lines.filter((line) => JSON.stringify(line).includes(secret))).toEqual([])
  })
})
