import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { until } from '../stack/until.ts'
import { call, newOrder, newWorkspace, openBrowser, signedIn } from './visit.ts'

openBrowser()

const row = (page: Page, name: string) =>
  page
    .getByRole('listitem')
    .filter({ has: page.getByText(name, { exact: true }) })
    .last()
const property = (page: Page) => page.getByRole('dialog', { name: 'Status property' })
const add = (name: string, code: string, group = 'accepted', key?: string) =>
  call('POST', '/v1/statuses', { type: 'general', name, code, group }, key)
const codeOf = async (number: string) =>
  ((await call('GET', `/v1/orders/${number}`)) as { statuses: { general: { code: string } } }).statuses.general.code

it('S0-01, S0-08, S1-08 enters a workspace at its orders, and reaches the statuses of all types from the menu', async () => {
  const { page, errors } = await signedIn()
  await page.goto('/')
  await page.getByRole('heading', { name: 'Orders', level: 1 }).waitFor()
  await page.getByRole('link', { name: 'Statuses' }).click()
  await page.getByRole('heading', { name: 'Statuses', level: 1 }).waitFor()
  expect(await page.getByRole('tab').allTextContents()).toEqual(['General', 'Delivery', 'Payment'])
  expect(errors).toEqual([])
})

it('S1-09, S1-10, S1-11, S1-12, S1-14, S0-15, S0-23 adds a status in the window Status property, and opens it again', async () => {
  const { page, errors } = await signedIn()
  await page.goto('/statuses')
  await page.getByRole('link', { name: 'Add status', exact: true }).first().click()
  const form = property(page)
  await form.getByRole('button', { name: 'Add status' }).click()
  await form.getByText('Choose what it means').or(form.getByPlaceholder('Choose what it means')).waitFor()
  expect(await form.locator('[aria-invalid=true]').count()).toBeGreaterThanOrEqual(2)
  await form.getByLabel('Name').fill('Чекає на оплату')
  expect(await form.getByRole('textbox', { name: 'Code' }).inputValue()).toBe('chekaie-na-oplatu')
  await form.getByRole('combobox', { name: 'Group' }).click()
  await page.getByRole('option', { name: 'Sent to' }).click()
  expect(await form.getByRole('checkbox', { name: 'Include in analytics' }).isChecked()).toBe(true)
  await form.getByRole('button', { name: 'Add status' }).click()
  await page.getByText('“Чекає на оплату” is added').waitFor()

  await page.getByRole('link', { name: 'Чекає на оплату' }).click()
  expect(await form.getByRole('combobox', { name: 'Group' }).inputValue()).toBe('Sent to')
  expect(await form.getByRole('radio', { name: 'Delivery' }).isDisabled()).toBe(true)
  expect(await form.getByRole('textbox', { name: 'Code' }).getAttribute('readonly')).not.toBeNull()
  await form.getByRole('switch', { name: 'Move orders on after a while' }).click()
  await form.getByRole('textbox', { name: 'After' }).fill('1')
  await form.getByRole('combobox', { name: 'Move to' }).click()
  await page.getByRole('option', { name: 'Return' }).click()
  await form.getByText('No order waits in this status now.').waitFor()
  await form.getByRole('button', { name: 'Save' }).click()
  await row(page, 'Чекає на оплату').getByText('after 1 day → Return').waitFor()
  expect(errors).toEqual([])
})

it('C11 says how many orders a timeout would move at once before it is saved', async () => {
  await add('Pondering', 'pondering', 'processing')
  const { number } = await newOrder()
  await call('PUT', `/v1/orders/${number}/status`, { type: 'general', code: 'pondering' })
  const { page } = await signedIn()
  await page.goto('/statuses?code=pondering')
  const form = property(page)
  await form.getByRole('switch', { name: 'Move orders on after a while' }).click()
  await form.getByText('1 order waits; it will move').waitFor()
  expect(await codeOf(number)).toBe('pondering')
})

it('S0-30, S0-31, S0-32, S0-33 makes a container, puts statuses into it, and shows it as one item with their sum', async () => {
  // its statuses are few enough to be tabs
  const { id, key } = newWorkspace('Containers')
  await add('By post', 'by-post', 'accepted', key)
  await add('By courier', 'by-courier', 'accepted', key)
  const numbers = await Promise.all([1, 2, 3].map(() => newOrder(undefined, key)))
  for (const [i, code] of ['by-post', 'by-post', 'by-courier'].entries())
    await call('PUT', `/v1/orders/${numbers[i]!.number}/status`, { type: 'general', code }, key)
  const { page, errors } = await signedIn({}, id)
  await page.goto('/statuses')
  await page.getByRole('link', { name: 'Status containers' }).click()
  const drawer = page.getByRole('dialog', { name: 'Status containers' })
  await drawer.getByLabel('Name of the container').fill('Accepted orders')
  await drawer.getByRole('button', { name: 'Add' }).click()
  await drawer.getByText('0 statuses').waitFor()
  await drawer.getByRole('button', { name: 'Close' }).click()
  for (const name of ['By post', 'By courier']) {
    await page.getByRole('link', { name }).click()
    await property(page).getByRole('combobox', { name: 'Container' }).click()
    await page.getByRole('option', { name: 'Accepted orders' }).click()
    await property(page).getByRole('button', { name: 'Save' }).click()
    await property(page).waitFor({ state: 'detached' })
    // within the container, which is closed, its row is out of sight
    await page.getByRole('link', { name }).waitFor({ state: 'hidden' })
  }
  const container = page.getByRole('button', { name: /Accepted orders/ })
  await container.getByText('3 orders').waitFor()
  await container.click()
  await page.getByRole('link', { name: 'By post' }).waitFor()

  await page.goto('/orders')
  await page.getByRole('tab', { name: /Accepted orders\s*3/ }).click()
  await page.getByRole('tab', { name: /All of Accepted orders\s*3/ }).waitFor()
  await page.getByRole('tab', { name: /By courier\s*1/ }).click()
  await page.getByRole('link', { name: numbers[2]!.number }).waitFor()
  expect(new URL(page.url()).searchParams.get('status')).toBe('by-courier')
  expect(errors).toEqual([])
})

it('asks before Escape leaves a form that was changed, and stays by Escape again', async () => {
  const { page } = await signedIn()
  await page.goto('/statuses?add=true')
  await property(page).getByRole('textbox', { name: 'Name' }).fill('ACCEPTED')
  await page.keyboard.press('Escape')
  const question = page.getByRole('dialog', { name: 'Leave without saving?' })
  await question.waitFor()
  await question.getByRole('button', { name: 'Keep editing' }).click()
  await question.waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  await question.waitFor()
  await page.keyboard.press('Escape')
  await question.waitFor({ state: 'detached' })
  await property(page).waitFor()
})

it('goes to the field that the server refuses, and says whose name it is', async () => {
  const { page } = await signedIn()
  await page.goto('/statuses?add=true&group=accepted')
  const name = property(page).getByRole('textbox', { name: 'Name' })
  await name.fill('SENT')
  await property(page).getByRole('textbox', { name: /^Code/ }).fill('sent-again')
  await property(page).getByRole('button', { name: 'Add status' }).click()
  await property(page).getByText('The status with the code sent has this name').waitFor()
  await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true)
})

it('puts statuses in another order by the arrow keys, and says where they are now', async () => {
  await add('First', 'order-a', 'spam')
  await add('Second', 'order-b', 'spam')
  const { page, errors } = await signedIn()
  await page.goto('/statuses')
  const codes = async () =>
    ((await call('GET', '/v1/statuses')) as { statuses: { code: string; group: string }[] }).statuses
      .filter((s) => s.group === 'spam')
      .map((s) => s.code)
  expect(await codes()).toEqual(['spam', 'order-a', 'order-b'])
  const handle = page.getByRole('button', { name: 'Move “Second”' })
  await handle.focus()
  await page.keyboard.press('ArrowUp')
  await page.getByText('“Second” is now at place 2 of 3').waitFor({ state: 'attached' })
  await until(async () => (await codes()).join() === 'spam,order-b,order-a')
  await page.keyboard.press('ArrowDown')
  await until(async () => (await codes()).join() === 'spam,order-a,order-b')
  expect(await handle.evaluate((element) => element === document.activeElement)).toBe(true)
  expect(errors).toEqual([])
})

it('puts statuses in another order by the mouse', async () => {
  await add('Left', 'mouse-a', 'return')
  await add('Right', 'mouse-b', 'return')
  const { page } = await signedIn()
  await page.goto('/statuses')
  await page.getByRole('button', { name: 'Move “Right”' }).dragTo(row(page, 'Left'))
  await page.getByText('“Right” is now at place 2 of 3').waitFor({ state: 'attached' })
})

it('S0-06, C13 deletes a status in use once another takes its place, and lists what refers to it', async () => {
  await add('Soon gone', 'soon-gone')
  await call('PATCH', '/v1/statuses/general/call-back', { timeout: { after: 'P9D', to: 'soon-gone' } })
  onTestFinished(async () => void (await call('PATCH', '/v1/statuses/general/call-back', { timeout: null })))
  const { number } = await newOrder()
  await call('PUT', `/v1/orders/${number}/status`, { type: 'general', code: 'soon-gone' })
  const { page, errors } = await signedIn()
  await page.goto('/statuses?code=soon-gone')
  await property(page).getByRole('button', { name: 'Delete status' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete “Soon gone”?' })
  await dialog.getByText('1 order stands in it').waitFor()
  await dialog.getByText('The timeout of “Call back” leads to it').waitFor()
  expect(await dialog.getByRole('button', { name: 'Delete', exact: true }).isDisabled()).toBe(true)
  await dialog.getByRole('combobox', { name: 'Replace it by' }).click()
  await page.getByRole('option', { name: 'Accepted', exact: true }).click()
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByText('“Soon gone” is deleted').waitFor()
  expect(await codeOf(number)).toBe('accepted')
  // the list is asked for again after the word
  await page.getByRole('link', { name: 'Soon gone' }).waitFor({ state: 'detached' })
  expect(await page.getByRole('link', { name: 'Soon gone' }).count()).toBe(0)
  expect(errors).toEqual([])
})

it('C18, S2-12 moves an order to a status of any name, which is made on the way', async () => {
  const { number } = await newOrder()
  const { page, errors } = await signedIn()
  await page.goto(`/orders/${number}`)
  await page.getByRole('button', { name: 'Move to, General status' }).click()
  await page.getByRole('menuitem', { name: 'New status…' }).click()
  await page.getByRole('dialog', { name: 'Move to a new status' }).getByLabel('Its name').fill('Send in a week')
  await page.getByRole('button', { name: 'Make it and move' }).click()
  await until(async () => (await codeOf(number)) === 'send-in-a-week')
  const { statuses } = (await call('GET', '/v1/statuses')) as { statuses: { code: string; group: string }[] }
  expect(statuses.find((s) => s.code === 'send-in-a-week')).toMatchObject({ group: 'processing' })
  expect(errors).toEqual([])
})
