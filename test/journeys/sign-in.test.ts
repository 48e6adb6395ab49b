import { expect, it } from 'vitest'
import { newSignInUrl, openBrowser, product, signedIn, stranger } from './visit.ts'

openBrowser()

it('lets nobody in without a link, and says how to get one', async () => {
  const page = await stranger()
  await page.goto('/orders')
  await page.getByRole('heading', { name: 'Sign in to Tidings' }).waitFor()
  await expect(page.getByText('npm run workspace -- sign-in').isVisible()).resolves.toBe(true)
})

it('signs a browser in by the link that the start printed, once', async () => {
  const first = await stranger()
  await first.goto(product.signInUrl)
  await first.getByRole('heading', { name: 'Orders', level: 1 }).waitFor()
  expect(new URL(first.url()).pathname).toBe('/orders')
  const second = await stranger()
  await second.goto(product.signInUrl)
  await expect(second.context().cookies()).resolves.toEqual([])
})

it('takes a link of the command line too, and signs out for good', async () => {
  const { page } = await signedIn()
  const [cookie] = await page.context().cookies()
  await page.getByRole('button', { name: 'Account' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in to Tidings' }).waitFor()
  const answer = await fetch(`${product.url}/v1/session`, { headers: { cookie: `${cookie!.name}=${cookie!.value}` } })
  expect(answer.status).toBe(401)
})

it('goes anywhere from the search by typing', async () => {
  const { page } = await signedIn()
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Page, campaign, status, order number or customer').fill('T-1043')
  await page.locator('[data-action]', { hasText: 'T-1043' }).click()
  await page.waitForURL(/\/orders\/T-1043/)
  expect(newSignInUrl()).not.toBe(product.signInUrl)
})
