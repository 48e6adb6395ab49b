import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { accessibilityProblems, keepPicture } from '../stack/browser.ts'
import { until } from '../stack/until.ts'
import { call, campaignNamed, openBrowser, signedIn } from './visit.ts'

openBrowser()

const SIZES = { wide: { width: 1280, height: 860 }, narrow: { width: 390, height: 844 } }
/** Two that can be added, one that exists, and one whose group nobody knows. */
const STATUS_LIST =
  'Назва;Код;Група\nУзгоджено;agreed;Погодження\nAccepted;;Прийнято\nНема ТТН;;Логістика\nПакування;;Виробництво'
const LIVE = 'Order sent → tell the customer'

/** What is looked at: where it is, what is done there first, and what must be there then. One row a page, panel, menu or dialog. */
const SIGHTS: Record<
  string,
  { path: string; open?: (page: Page) => Promise<unknown>; shows?: (page: Page) => Locator }
> = {
  orders: { path: '/orders' },
  'orders-of-a-status': { path: '/orders?status=accepted' },
  'orders-none-found': { path: '/orders?q=nothing+like+this' },
  'orders-menu': {
    path: '/orders',
    open: (page) =>
      page
        .getByRole('button', { name: /actions/i })
        .first()
        .click(),
  },
  order: { path: '/orders/T-1043' },
  'order-moves': {
    path: '/orders/T-1043',
    open: (page) => page.getByRole('button', { name: 'Move to, General status' }).click(),
  },
  'order-unknown': { path: '/orders/there-is-none' },
  search: {
    path: '/orders',
    open: (page) => page.getByRole('button', { name: 'Search' }).click(),
    shows: (page) => page.getByPlaceholder('Page, campaign, order number or customer'),
  },
  account: { path: '/orders', open: (page) => page.getByRole('button', { name: 'Account' }).click() },
  campaigns: { path: '/campaigns' },
  'campaigns-menu': {
    path: '/campaigns',
    open: (page) => page.getByRole('button', { name: `Actions for ${LIVE}` }).click(),
  },
  'campaigns-new': { path: '/campaigns', open: (page) => page.getByRole('button', { name: 'New campaign' }).click() },
  campaign: { path: '/campaigns/LIVE', shows: (page) => card(page, 'Send SMS') },
  'campaign-draft': { path: '/campaigns/DRAFT', shows: (page) => card(page, 'Order of 100 or more') },
  'campaign-draft-live': {
    path: '/campaigns/DRAFT?mode=live',
    shows: (page) => page.getByRole('heading', { name: 'Not live yet' }),
  },
  'campaign-trigger': {
    path: '/campaigns/LIVE',
    open: (page) => card(page, 'Order status changed').click(),
    shows: panel,
  },
  'campaign-filter': { path: '/campaigns/LIVE', open: (page) => card(page, 'Has a phone').click(), shows: panel },
  'campaign-wait': { path: '/campaigns/LIVE', open: (page) => card(page, 'Wait').click(), shows: panel },
  'campaign-sms': {
    path: '/campaigns/LIVE',
    open: (page) => card(page, 'Send SMS').click(),
    shows: (page) => page.getByText(/1 SMS/),
  },
  'campaign-add': {
    path: '/campaigns/LIVE',
    open: (page) => page.getByRole('button', { name: 'Add step after Send SMS' }).click(),
    shows: (page) => page.getByRole('listbox', { name: 'Add step' }),
  },
  'campaign-outline': {
    path: '/campaigns/LIVE',
    open: (page) => pressed(page, 'o'),
    shows: (page) => page.getByRole('treeitem').first(),
  },
  'campaign-keys': {
    path: '/campaigns/LIVE',
    open: (page) => pressed(page, '?'),
    shows: (page) => page.getByRole('dialog', { name: 'Keys' }),
  },
  'campaign-find': {
    path: '/campaigns/LIVE',
    open: (page) => pressed(page, 'Control+f'),
    shows: (page) => page.getByRole('dialog', { name: 'Find a step' }),
  },
  'campaign-split': {
    path: '/campaigns/DRAFT',
    open: async (page) => {
      await card(page, 'Order of 100 or more').click()
      await page.getByRole('complementary', { name: 'Settings' }).getByRole('button', { name: 'Delete' }).click()
    },
    shows: (page) => page.getByRole('dialog', { name: /^Delete/ }),
  },
  'campaign-publish': { path: '/campaigns/DRAFT?open=publish' },
  'campaign-versions': { path: '/campaigns/LIVE?open=versions' },
  'campaign-live': { path: '/campaigns/LIVE?mode=live' },
  'campaign-people': { path: '/campaigns/LIVE?mode=live&open=people&step=STEP' },
  messages: { path: '/messages' },
  'messages-one': { path: '/messages', open: (page) => page.locator('table a, main a').first().click() },
  phones: { path: '/phones' },
  'phones-one': { path: '/phones', open: (page) => page.locator('main a').first().click() },
  statuses: { path: '/statuses' },
  'statuses-delivery': { path: '/statuses?type=delivery' },
  'status-add': { path: '/statuses?add=true' },
  'status-form': { path: '/statuses?type=general&code=accepted' },
  'statuses-import': { path: '/statuses?import=true' },
  'statuses-import-list': {
    path: '/statuses?import=true',
    open: async (page) => {
      await page.getByRole('textbox', { name: 'Or paste the list' }).fill(STATUS_LIST)
      await page.getByRole('button', { name: 'Show what would happen' }).click()
    },
    shows: (page) => page.getByRole('button', { name: 'Add 2 statuses' }),
  },
  integrations: { path: '/integrations' },
  'integrations-connect': { path: '/integrations?add=true' },
  system: { path: '/system' },
  missing: { path: '/no/such/page' },
}

/** A step's card on the canvas. */
function card(page: Page, words: string): Locator {
  return page.locator('.react-flow__node', { hasText: words }).first()
}
/** Beside the canvas, once it shows a step. */
function panel(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Settings' }).getByRole('textbox', { name: 'Name' })
}

/** Presses a key of the editor once the editor is there to hear it. */
async function pressed(page: Page, key: string): Promise<void> {
  await card(page, 'Send SMS').waitFor()
  await page.keyboard.press(key)
}

let live: Awaited<ReturnType<typeof campaignNamed>>
let draft: typeof live
beforeAll(async () => {
  live = await campaignNamed(LIVE)
  draft = await campaignNamed('Payment reminder')
  await call('PUT', '/v1/orders/T-1043/status', { type: 'general', code: 'sent' })
  await until(async () => ((await call('GET', '/v1/messages?order=T-1043')) as { total: number }).total === 1, 30_000)
})

const placed = (path: string): string =>
  path.replace('LIVE', live.id).replace('DRAFT', draft.id).replace('STEP', live.draft.steps[2]!.id)

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  it.each(Object.entries(SIZES))(
    'axe finds nothing on any page, panel, menu or dialog, and none is too wide: %s',
    async (size, viewport) => {
      const { page, errors } = await signedIn({ colorScheme, viewport, reducedMotion: 'reduce' })
      const found: string[] = []
      for (const [name, { path, open, shows }] of Object.entries(SIGHTS)) {
        await page.goto(placed(path))
        await settled(page)
        await open?.(page)
        await shows?.(page).waitFor()
        await settled(page)
        await keepPicture(page, `${name}-${colorScheme}-${size}`)
        found.push(...(await accessibilityProblems(page)).map((problem) => `${name}: ${problem}`))
        const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        if (tooWide > 0) found.push(`${name}: ${tooWide} px wider than the window`)
      }
      expect(found).toEqual([])
      // an order that is not there is a 404, and says so
      expect(errors.filter((error) => !/404/.test(error))).toEqual([])
    },
    600_000,
  )
})

/** Nothing is being loaded any more, and what moves has come to rest. */
async function settled(page: Page): Promise<void> {
  await page.locator('main').waitFor()
  await expect.poll(() => page.locator('[role=status][aria-label=Loading]').count(), { timeout: 15_000 }).toBe(0)
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))),
  )
  await page.waitForTimeout(250)
}
