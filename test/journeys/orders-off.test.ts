import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { accessibilityProblems, keepPicture } from '../stack/browser.ts'
import { call, command, newWorkspace, openBrowser, signedIn } from './visit.ts'

openBrowser()

let workspace: string
let operator: string
let blank: string
beforeAll(async () => {
  workspace = newWorkspace('Loyal', 'loyalty').id
  operator = /td_\S+/.exec(command('key', '--role', 'operator', '--workspace', workspace))![0]
  const made = await call('POST', '/v1/campaigns', { name: 'Blank', draft: { steps: [] } }, operator)
  blank = (made as { id: string }).id
})

const SIGHTS: Record<string, string> = {
  orders: '/orders',
  order: '/orders/T-1',
  campaigns: '/campaigns',
  'campaign-new': '/campaigns?add=blank',
  campaign: '/campaigns/BLANK',
  integrations: '/integrations',
  analytics: '/analytics',
}
const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } }

it.each(Object.entries(SIZES))(
  'S1-01, S1-02 every page explains itself while Orders are off: %s',
  async (size, viewport) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, errors } = await signedIn({ viewport, colorScheme, reducedMotion: 'reduce' }, workspace)
      for (const [name, path] of Object.entries(SIGHTS)) {
        await page.goto(path.replace('BLANK', blank))
        await page.getByText('Orders are switched off').first().waitFor()
        await expect.poll(() => page.locator('[role=status][aria-label=Loading]').count()).toBe(0)
        await keepPicture(page, `off-${name}-${colorScheme}-${size}`)
        expect(await accessibilityProblems(page)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      }
      expect(errors).toEqual([])
    }
  },
  120_000,
)

it('S1-01, S1-02 an open page learns that an operator switched Orders on, and off again', async () => {
  const { page } = await signedIn({}, workspace)
  const inMenu = () => menuOf(page).getByRole('link', { name: 'Orders' }).count()
  expect(await inMenu()).toBe(0)
  await page.getByText(`npm run workspace -- orders on --workspace ${workspace}`).waitFor()

  await page.goto('/campaigns?add=blank')
  const dialog = page.getByRole('dialog', { name: 'New campaign' })
  await dialog.getByText('Without orders no new one can be made').waitFor()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Mine')
  expect(await dialog.getByRole('button', { name: 'Create campaign' }).isDisabled()).toBe(true)
  expect(await dialog.getByRole('radio', { name: 'Blank' }).isDisabled()).toBe(true)

  const { campaigns } = (await call('GET', '/v1/campaigns', undefined, operator)) as {
    campaigns: { id: string; name: string }[]
  }
  const example = campaigns.find(({ name }) => name.startsWith('Tell the customer'))!
  await page.goto(`/campaigns/${example.id}`)
  await page.getByRole('button', { name: 'Publish…' }).click()
  await page.getByRole('dialog').getByText('Orders are switched off in this workspace').waitFor()
  expect(await page.getByRole('button', { name: 'Publish version 1' }).isDisabled()).toBe(true)

  await page.goto('/statuses')
  await page.getByRole('link', { name: 'Add status', exact: true }).waitFor()
  await page.goto('/orders')
  await page.getByText('Orders are switched off').waitFor()
  await call('PUT', '/v1/workspace/orders', { enabled: true }, operator)
  await page.getByText('No orders yet').waitFor()
  expect(await inMenu()).toBe(1)
  await call('PUT', '/v1/workspace/orders', { enabled: false }, operator)
  await page.getByText('Orders are switched off').waitFor()
  expect(await inMenu()).toBe(0)
}, 120_000)

const menuOf = (page: Page) => page.getByRole('navigation')
