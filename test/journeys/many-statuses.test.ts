import { expect, it } from 'vitest'
import { accessibilityProblems, keepPicture } from '../stack/browser.ts'
import { call, newOrder, newWorkspace, openBrowser, signedIn } from './visit.ts'

openBrowser()

it('S0-18 two hundred statuses are found by typing: where orders are listed, moved, in their list, and from everywhere', async () => {
  const { id, key } = newWorkspace('Two hundred')
  const names = Array.from({ length: 200 }, (_, n) => ({ name: `Shelf ${n}`, code: `shelf-${n}`, group: 'accepted' }))
  await call('POST', '/v1/statuses/import', names, key)
  const { number } = await newOrder(undefined, key)
  const { page, errors } = await signedIn({}, id)

  await page.goto(`/orders/${number}`)
  await page.getByRole('button', { name: 'Move to, General status' }).click()
  await page.getByRole('searchbox', { name: 'Find a status' }).fill('SHELF 117')
  expect(await page.getByRole('menuitem').allTextContents()).toEqual(['Shelf 117', 'New status…'])
  await keepPicture(page, 'many-statuses-move')
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByRole('searchbox', { name: 'Find a status' }).fill('nowhere')
  await page.getByRole('menuitem', { name: 'No status is called so' }).waitFor()
  await page.getByRole('searchbox', { name: 'Find a status' }).fill('shelf 117')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByText(`Order ${number} moved to Shelf 117`).waitFor()

  await page.goto('/orders')
  await page.getByRole('combobox', { name: 'Status' }).click()
  await page.getByRole('combobox', { name: 'Status' }).fill('117')
  await page.getByRole('option', { name: 'Shelf 117 (1)' }).click()
  await page.getByRole('link', { name: number }).waitFor()

  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Page, campaign, status, order number or customer').fill('Shelf 42')
  await page.locator('[data-action]', { hasText: 'Shelf 42' }).click()
  await page.getByRole('dialog', { name: 'Status property' }).waitFor()
  expect(new URL(page.url()).search).toContain('code=shelf-42')
  await page.keyboard.press('Escape')

  await page.getByRole('searchbox', { name: 'Find a status' }).fill('shelf 43')
  await page.getByRole('link', { name: 'Shelf 43' }).waitFor()
  await expect.poll(() => page.getByRole('main').getByRole('listitem').count()).toBe(1)
  expect(errors).toEqual([])
})
