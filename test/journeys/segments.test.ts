import { expect, it } from 'vitest'
import { Drawing } from './draw.ts'
import { call, newOrder, openBrowser, pauseInTheEnd, signedIn } from './visit.ts'

openBrowser()

it('S1-23 makes a segment by clicks, tells who is in and why, and lets a campaign filter by it', async () => {
  const { page, errors } = await signedIn()
  const { number, phone } = await newOrder()
  await page.getByRole('link', { name: 'Segments', exact: true }).click()
  await page.getByRole('link', { name: 'New segment' }).first().click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Has been sent')
  await page.getByRole('button', { name: 'Add condition' }).click()
  await page.getByText('Complete the conditions to see who is in.').waitFor()
  // what is compared stands open for another choice
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: 'Statuses of condition 1' }).click()
  await page.getByRole('option', { name: 'Sent', exact: true }).click()
  await page.keyboard.press('Escape')
  await page.getByText(/^\d+ customers?$/).waitFor()

  const why = page.getByRole('combobox', { name: 'Customer by name or phone' })
  await why.fill(phone)
  await page.getByRole('option', { name: new RegExp(phone.slice(1)) }).click()
  await page.getByText('Олена Шевченко is not in').waitFor()
  await page.getByText('0 orders', { exact: true }).waitFor()

  // what is not saved is not lost without a word
  await page.getByRole('link', { name: 'All segments' }).click()
  await page.getByRole('button', { name: 'Keep editing' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('“Has been sent” is added').waitFor()
  await page.waitForURL(/\/segments\/[0-9a-f-]{36}/)

  await call('PUT', `/v1/orders/${number}/status`, { type: 'general', code: 'sent' })
  await page.reload()
  await why.fill(phone)
  await page.getByRole('option', { name: new RegExp(phone.slice(1)) }).click()
  await page.getByText('Олена Шевченко is in', { exact: true }).waitFor()
  await page.getByText('1 order', { exact: true }).waitFor()

  const drawing = new Drawing(page)
  await drawing.begin('Only who was sent to')
  await drawing.trigger('Processing', 'Accepted')
  await drawing.add('Filter customers', 'Add step after Order status changed')
  await drawing.panel.getByRole('button', { name: 'Add condition' }).click()
  await drawing.choose('What is compared in condition 1', 'Customer segments')
  await drawing.choose('Value of condition 1', 'Has been sent')
  await page.locator('.react-flow__node', { hasText: 'Customer segments include Has been sent' }).waitFor()
  await page.getByRole('button', { name: 'Publish…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Publish version 1' }).click()
  await page.getByText('Version 1 is published').waitFor()
  await pauseInTheEnd('Only who was sent to')

  await page.goto('/segments')
  await page.getByRole('link', { name: 'Has been sent' }).click()
  await page.getByRole('button', { name: 'Delete segment' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await page.getByText('The campaign Only who was sent to uses it.').waitFor()
  expect(errors.filter((error) => !/409/.test(error))).toEqual([])
})
