import { afterAll, beforeAll, expect, it } from 'vitest'
import { until } from '../stack/until.ts'
import { type Kannel, makeKannel } from '../workflows/channels/start-kannel.ts'
import { Drawing } from './draw.ts'
import { call, newOrder, openBrowser, pauseInTheEnd, signedIn } from './visit.ts'

openBrowser()

let kannel: Kannel
beforeAll(async () => {
  kannel = await makeKannel()
  const { channels } = (await call('PUT', '/v1/channels/kannel', kannel.settings)) as {
    channels: { kind: string; replyUrl: string }[]
  }
  await kannel.start(channels.find(({ kind }) => kind === 'kannel')!.replyUrl)
  await call('POST', '/v1/channels/kannel/use')
})
afterAll(async () => {
  await call('POST', '/v1/channels/sandbox/use')
  await kannel.end()
})

const NAME = 'Accepted through Kannel'
/** More than one part in Cyrillic, whose parts hold 67 characters each. */
const TEXT =
  'Добрий день, {{ customer.first_name }}! Ваше замовлення {{ order.number }} прийнято, ми вже пакуємо його і незабаром надішлемо.'

it('sends a drawn text through a real Kannel, hears that it was delivered, and obeys the phone that answers STOP', async () => {
  const { page } = await signedIn()
  const { number, phone } = await newOrder()
  await new Drawing(page).publish(NAME, TEXT, /2 SMS/)
  await pauseInTheEnd(NAME)

  const moveTo = (code: string) => call('PUT', `/v1/orders/${number}/status`, { type: 'general', code })
  await moveTo('accepted')
  const text = TEXT.replace('{{ customer.first_name }}', 'Олена').replace('{{ order.number }}', number)
  await until(() => kannel.texts().some((got) => got.to === phone && got.text === text), 40_000)
  const messages = async () => {
    const found = await call('GET', `/v1/messages?order=${encodeURIComponent(number)}`)
    return (found as { messages: { state: string; parts: number; reason: string | null }[] }).messages
  }
  await until(async () => (await messages())[0]?.state === 'delivered')
  expect(await messages()).toMatchObject([{ state: 'delivered', parts: 2, channel: 'kannel' }])

  kannel.say(phone, 'STOP')
  await page.goto(`/orders/${number}?show=messages`)
  const timeline = page.getByRole('region', { name: 'Timeline' })
  await timeline.getByText('Delivered').first().waitFor()
  // a text is decided by what the phone had said until then
  await until(async () => {
    const { optedOut } = (await call('GET', `/v1/orders/${number}/facts`)) as { optedOut: boolean }
    return optedOut
  })
  await moveTo('processing')
  await moveTo('accepted')
  await until(async () => (await messages()).some(({ reason }) => reason === 'opted_out'), 40_000)
  await timeline
    .getByText(/asked for no more texts/i)
    .first()
    .waitFor()
  expect(kannel.texts().filter((got) => got.to === phone)).toHaveLength(1)
})
