import { expect, it } from 'vitest'
import { Drawing } from './draw.ts'
import { newOrder, openBrowser, pauseInTheEnd, signedIn } from './visit.ts'

openBrowser()

const TEXT = 'Hi {{ customer.first_name }}, order {{ order.number }} is accepted.'

it('S1-17, S1-18, S1-20, S1-22: draws a campaign by clicks, publishes it, moves an order, and its phone shows the text', async () => {
  const { page, errors } = await signedIn()
  const { number, phone } = await newOrder()
  await new Drawing(page).publish('Accepted by clicks', TEXT, /1 SMS/)
  await pauseInTheEnd('Accepted by clicks')

  await page.getByRole('link', { name: 'Orders', exact: true }).click()
  await page.getByRole('searchbox', { name: /number/i }).fill(number)
  await page.getByRole('link', { name: number, exact: true }).click()
  await page.getByRole('button', { name: 'Move to, General status' }).click()
  await page.getByRole('menuitem', { name: 'Accepted', exact: true }).click()

  await page.getByRole('link', { name: 'Phones', exact: true }).click()
  await page.getByRole('link', { name: new RegExp(phone.replace('+', '\\+')) }).click()
  await page.getByText(`Hi Олена, order ${number} is accepted.`).last().waitFor({ timeout: 30_000 })

  await page.goto(`/orders/${number}`)
  const timeline = page.getByRole('region', { name: 'Timeline' })
  for (const words of ['Accepted by clicks', 'is accepted', 'Delivered'])
    await timeline.getByText(words).first().waitFor({ timeout: 30_000 })
  expect(errors).toEqual([])
})
