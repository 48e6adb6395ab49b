import { expect, it } from 'vitest'
import { until } from '../stack/until.ts'
import { Drawing } from './draw.ts'
import { call, campaignNamed, newOrder, openBrowser, pauseInTheEnd, signedIn } from './visit.ts'

openBrowser()

const kindsOf = async (name: string) => (await campaignNamed(name)).draft.steps.map(({ kind }) => kind)
const THREE = ['order_status_changed', 'wait', 'send_sms']

it('undoes and redoes a storm of changes by name, and saves what is seen then', async () => {
  const { page, errors } = await signedIn()
  const drawing = new Drawing(page)
  await drawing.begin('Undone and redone')
  await drawing.trigger('Processing', 'Accepted')
  await drawing.add('Wait', 'Add step after Order status changed')
  await drawing.add('Send SMS', 'Add step after Wait')
  // the keyboard goes to the new step's field by itself, a moment later
  await drawing.panel.getByRole('textbox', { name: 'Text' }).press('Escape')
  await page.getByRole('button', { name: /^Undo: Add Send SMS/ }).waitFor()
  for (let n = 0; n < 20; n++) await page.keyboard.press('Control+z')
  await page.getByText('What starts it?').waitFor()
  for (let n = 0; n < 20; n++) await page.keyboard.press('Control+Shift+z')
  await page.locator('.react-flow__node', { hasText: 'Send SMS' }).waitFor()
  await page.keyboard.press('Control+s')
  await until(async () => (await kindsOf('Undone and redone')).join() === THREE.join())
  expect(errors).toEqual([])
})

it('keeps what is drawn without a connection in the browser, and saves it when the connection is back', async () => {
  const { page } = await signedIn()
  const drawing = new Drawing(page)
  await drawing.begin('Drawn offline')
  await drawing.trigger('Processing', 'Accepted')
  await page.getByText(/^Saved \d/).waitFor()
  await page.context().setOffline(true)
  await drawing.add('Wait', 'Add step after Order status changed')
  await drawing.panel.getByRole('textbox', { name: 'How long' }).fill('2')
  await page.getByText('Offline – kept in this browser').waitFor()
  expect(await kindsOf('Drawn offline')).toEqual(['order_status_changed'])
  await page.context().setOffline(false)
  await until(async () => (await kindsOf('Drawn offline')).length === 2, 40_000)
  await page.getByText(/^Saved \d/).waitFor()
})

it('lets people leave without a connection after one try, and offers their work when they come back', async () => {
  const { page } = await signedIn()
  const drawing = new Drawing(page)
  await drawing.begin('Left offline')
  await drawing.trigger('Processing', 'Accepted')
  await page.getByText(/^Saved \d/).waitFor()
  let tries = 0
  await page.route('**/draft', (route) => {
    tries++
    return route.abort()
  })
  await drawing.add('Wait', 'Add step after Order status changed')
  await page.getByText('Offline – kept in this browser').waitFor()
  const before = tries
  await page.getByRole('link', { name: 'All campaigns' }).click()
  await page.getByRole('heading', { name: 'Campaigns', level: 1 }).waitFor()
  expect(tries - before).toBeLessThan(3)
  await page.unroute('**/draft')
  await page.getByRole('link', { name: 'Left offline' }).click()
  await page.getByRole('button', { name: 'Take them' }).click()
  await until(async () => (await kindsOf('Left offline')).length === 2)
  await page.getByText(/^Saved \d/).waitFor()
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('tidings.draft')))).toEqual(
    [],
  )
})

it('knows a draft as its own that was saved although the answer was lost', async () => {
  const { page } = await signedIn()
  const drawing = new Drawing(page)
  await drawing.begin('Answer lost')
  await drawing.trigger('Processing', 'Accepted')
  await page.getByText(/^Saved \d/).waitFor()
  await page.route(
    '**/draft',
    async (route) => {
      await route.fetch()
      await route.abort()
    },
    { times: 1 },
  )
  await drawing.add('Wait', 'Add step after Order status changed')
  await page.getByText('Offline – kept in this browser').waitFor()
  // what is drawn on meanwhile goes on from it
  await drawing.panel.getByRole('textbox', { name: 'How long' }).fill('7')
  await page.getByText(/^Saved \d/).waitFor()
  await until(async () => JSON.stringify(await campaignNamed('Answer lost')).includes('PT7H'))
  expect(await page.getByRole('alert').count()).toBe(0)
})

it('counts fifty customers on the cards of a live campaign, and tells who waits until when', async () => {
  const { page } = await signedIn()
  const drawing = new Drawing(page)
  await drawing.publish('Counted live', 'Hello {{ order.number }}', /1 SMS/)
  await pauseInTheEnd('Counted live')
  const { id } = await campaignNamed('Counted live')
  const orders = await Promise.all(Array.from({ length: 50 }, () => newOrder()))
  await page.goto(`/campaigns/${id}?mode=live`)
  const step = (words: string) => page.locator('.react-flow__node', { hasText: words }).first()
  await step('Filter customers').waitFor()
  await Promise.all(
    orders.map(({ number }) => call('PUT', `/v1/orders/${number}/status`, { type: 'general', code: 'accepted' })),
  )
  await expect.poll(() => step('Filter customers').textContent(), { timeout: 30_000 }).toContain('50 entered')
  await expect.poll(() => step('Send SMS').textContent(), { timeout: 60_000 }).toContain('50 entered')
  await expect
    .poll(() => call('GET', `/v1/campaigns/${id}/counts`), { timeout: 30_000 })
    .toMatchObject({ entered: 50, inside: 0, ended: { finished: 50, leftStatus: 0 } })
})
