import { expect, it } from 'vitest'
import { until } from '../stack/until.ts'
import { call, newOrder, openBrowser, signedIn } from './visit.ts'

openBrowser()

const general = (code: string) => ({ type: 'general', code })
const move = (number: string, code: string) => call('PUT', `/v1/orders/${number}/status`, general(code))
const add = (code: string, more: object = {}) =>
  call('POST', '/v1/statuses', { ...general(code), name: `Name of ${code}`, group: 'accepted', ...more })
const textsOf = async (number: string) =>
  (await call('GET', `/v1/messages?order=${number}`)) as {
    total: number
    messages: { text: string; state: string; reason: string | null }[]
  }
const text = (always: boolean) => ({
  autoSms: { template: 'Hi {{ customer.first_name }}, {{ order.number }} is {{ order.status }}', always },
})

it('S0-27, S0-28 sends the text of a status, its variables filled in, every time an order enters', async () => {
  await add('every-time', text(true))
  const { number } = await newOrder()
  for (const code of ['every-time', 'processing', 'every-time']) await move(number, code)
  await until(async () => (await textsOf(number)).total === 2, 30_000)
  const { messages } = await textsOf(number)
  const words = `Hi Олена, ${number} is Name of every-time`
  expect(messages.map((m) => m.text)).toEqual([words, words])
})

it('S0-29, C8 sends it once an order where it is not sent always, and to each other order', async () => {
  await add('only-once', text(false))
  const [first, second] = [await newOrder(), await newOrder()]
  for (const code of ['only-once', 'processing', 'only-once']) await move(first.number, code)
  await move(second.number, 'only-once')
  // texts come in the order of changes within a shop's batches: the second order's is the last to come
  await until(async () => (await textsOf(second.number)).total === 1, 30_000)
  expect((await textsOf(first.number)).total).toBe(1)
})

it('S0-27 sends nothing to a customer without a phone, and says why', async () => {
  await add('no-phone', text(true))
  const number = `NP-${Date.now() % 1_000_000}`
  const order = { number, customer: { name: 'Nobody' } }
  await call('POST', '/v1/events', {
    specversion: '1.0',
    id: number,
    source: 'journey',
    type: 'order.status_changed',
    data: { order, type: 'general', status: 'no-phone' },
  })
  await until(async () => (await textsOf(number)).total === 1, 30_000)
  expect((await textsOf(number)).messages).toMatchObject([{ state: 'suppressed', reason: 'no_phone' }])
})

it('tells a customer nothing of a change that is made without telling', async () => {
  await add('in-silence', text(true))
  const [silent, loud] = [await newOrder(), await newOrder()]
  await call('PUT', `/v1/orders/${silent.number}/status`, { ...general('in-silence'), silent: true })
  await move(loud.number, 'in-silence')
  await until(async () => (await textsOf(loud.number)).total === 1, 30_000)
  expect((await textsOf(silent.number)).total).toBe(0)
})

it('S0-20, S0-21, S0-22 moves an order by hand and then by itself, and its timeline says who', async () => {
  await add('second-stop')
  await add('first-stop', { timeout: { after: 'PT2S', to: 'second-stop' } })
  const { number } = await newOrder()
  const { page, errors } = await signedIn()
  await page.goto(`/orders/${number}`)
  await page.getByRole('button', { name: 'Move to, General status' }).click()
  await page.getByRole('menuitem', { name: 'Name of first-stop' }).click()
  const timeline = page.getByRole('region', { name: 'Timeline' })
  for (const words of [
    'General status moved from Processing to Name of first-stop',
    'By a person',
    'General status moved from Name of first-stop to Name of second-stop',
    'By timeout, after 2 seconds in Name of first-stop',
  ])
    await timeline.getByText(words).waitFor({ timeout: 30_000 })
  expect(errors).toEqual([])
})

it('S1-24 shows the three statuses that an order has at once', async () => {
  const { number } = await newOrder()
  await call('PUT', `/v1/orders/${number}/status`, { type: 'payment', code: 'paid' })
  await call('PUT', `/v1/orders/${number}/status`, { type: 'delivery', code: 'shipped' })
  const { page } = await signedIn()
  await page.goto(`/orders/${number}`)
  const statuses = page.getByRole('complementary', { name: 'Statuses' })
  for (const [type, name] of [
    ['General', 'Processing'],
    ['Delivery', 'Shipped'],
    ['Payment', 'Paid'],
  ] as const)
    await statuses.getByRole('region', { name: type }).getByText(name, { exact: true }).waitFor()
})
