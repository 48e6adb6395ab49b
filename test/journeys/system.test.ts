import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import postgres from 'postgres'
import { expect, it, onTestFinished } from 'vitest'
import { freePort } from '../../db/daemon.ts'
import { keepPicture } from '../stack/browser.ts'
import { until } from '../stack/until.ts'
import { call, newOrder, openBrowser, product, signedIn } from './visit.ts'

openBrowser()

const NOTHING = 'Nothing: everything goes on by itself.'

it('shows a gateway that takes no texts, with the reason, and that it takes them again', async () => {
  const port = await freePort()
  const kannel = { url: `http://127.0.0.1:${port}/cgi-bin/sendsms`, username: 'x', password: 'x', from: 'Shop' }
  await call('PUT', '/v1/channels/kannel', kannel)
  await call('POST', '/v1/channels/kannel/use')
  onTestFinished(async () => void (await call('POST', '/v1/channels/sandbox/use')))
  const { number } = await newOrder()
  for (const code of ['accepted', 'sent']) await call('PUT', `/v1/orders/${number}/status`, { type: 'general', code })
  const { page } = await signedIn()
  await page.goto('/system')
  const gateway = page.getByRole('listitem').filter({ hasText: 'Hands texts over to phones.' })
  await gateway.getByText('Not reachable').waitFor()
  await gateway.getByText(`connect ECONNREFUSED 127.0.0.1:${port}`).waitFor()
  expect(await page.getByText(NOTHING).count()).toBe(0)
  await keepPicture(page, 'system-gateway-away')

  const server = createServer((_, response) => response.writeHead(202).end('0: Accepted for delivery'))
  await once(server.listen(port, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  await gateway.getByText('Working').waitFor()
  await page.getByText(NOTHING).waitFor()
  const sent = async () => ((await call('GET', `/v1/messages?order=${number}&state=sent`)) as { total: number }).total
  await until(async () => (await sent()) === 1)
})

it('lets a change that failed be tried again with one press', async () => {
  const owner = postgres(readFileSync(join(product.home, 'database-url'), 'utf8').trim(), { max: 1 })
  onTestFinished(() => owner.end())
  await owner`insert into batches (id, workspace_id, size, created_at, failed_at, error)
    select gen_random_uuid(), id, 1, now(), now(), 'consequencesOf: 22000' from workspaces`
  const { page, errors } = await signedIn()
  await page.goto('/system')
  const stuck = page.getByRole('listitem').filter({ hasText: 'A change of status started nothing' })
  await stuck.getByText('consequencesOf: 22000').waitFor()
  await stuck.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('It goes on now').waitFor()
  await page.getByText(NOTHING).waitFor()
  expect(errors).toEqual([])
})
