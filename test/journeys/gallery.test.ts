import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { accessibilityProblems, keepPicture } from '../stack/browser.ts'
import { until } from '../stack/until.ts'
import { call, campaignNamed, newOrder, openBrowser, signedIn } from './visit.ts'

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
  'orders-selected': {
    path: '/orders',
    open: async (page) => {
      await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
      await page.getByRole('checkbox', { name: 'Select order T-1043' }).uncheck()
    },
    shows: selected,
  },
  'orders-selected-menu': {
    path: '/orders?q=T-10',
    open: async (page) => {
      await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
      await selected(page).getByRole('button', { name: 'Move to…' }).click()
    },
    shows: (page) => page.getByRole('menuitem', { name: 'Accepted', exact: true }),
  },
  'orders-move-all': {
    path: '/orders',
    open: async (page) => {
      await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
      await page.getByRole('button', { name: /^Select all \d+ that match/ }).click()
      await selected(page).getByRole('button', { name: 'Move to…' }).click()
      await page.getByRole('menuitem', { name: 'Cancelled' }).click()
    },
    shows: (page) => page.getByRole('dialog', { name: /^Move \d+ orders to Cancelled/ }),
  },
  'orders-archive': {
    path: '/orders?archived=true',
    open: (page) => page.getByRole('checkbox', { name: 'Select all on this page' }).check(),
    shows: selected,
  },
  'orders-archive-none-found': { path: '/orders?archived=true&status=spam&q=nothing' },
  'order-archived': {
    path: '/orders/ARCHIVED',
    open: (page) => page.getByRole('button', { name: 'Actions for this order' }).click(),
    shows: (page) => page.getByRole('menuitem', { name: 'Take out of the archive' }),
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
    shows: (page) => page.getByPlaceholder('Page, campaign, status, order number or customer'),
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
  segments: { path: '/segments' },
  'segments-none': {
    path: '/segments',
    open: async (page) => {
      await page.route('**/v1/segments', (route) => route.fulfill({ json: { segments: [] } }))
      await page.reload()
      await page.getByRole('heading', { name: 'No segments yet' }).waitFor()
      await page.unroute('**/v1/segments')
    },
  },
  'segment-new': {
    path: '/segments/new',
    open: async (page) => {
      await page.getByRole('button', { name: 'Add condition' }).click()
      await page.getByRole('button', { name: 'Save' }).click()
    },
    shows: (page) => page.getByText('Choose at least one status.'),
  },
  segment: { path: '/segments/SEGMENT', shows: (page) => page.getByText(/^\d+ customers?$/) },
  'segment-why': {
    path: '/segments/SEGMENT',
    open: async (page) => {
      await page.getByRole('combobox', { name: 'Customer by name or phone' }).fill('Ann Lee')
      await page.getByRole('option', { name: /Ann Lee/ }).click()
    },
    shows: (page) => page.getByText(/^Ann Lee is (not )?in$/),
  },
  'segment-warned': {
    path: '/segments/WARNED',
    shows: (page) => page.getByText(/Loyal is not included in analytics any more/),
  },
  'segment-delete': {
    path: '/segments/SEGMENT',
    open: (page) => page.getByRole('button', { name: 'Delete segment' }).click(),
  },
  messages: { path: '/messages' },
  'messages-one': { path: '/messages', open: (page) => page.locator('table a, main a').first().click() },
  phones: { path: '/phones' },
  'phones-one': { path: '/phones', open: (page) => page.locator('main a').first().click() },
  analytics: { path: '/analytics', shows: (page) => page.locator('.recharts-sankey-nodes').first() },
  'analytics-tables': {
    path: '/analytics?tables=now.over-time.entries.stays.flow',
    shows: (page) => page.getByRole('columnheader', { name: 'Nine of ten within' }),
  },
  'analytics-by-kind': {
    path: '/analytics?type=delivery&by=group&days=7',
    shows: (page) => page.getByRole('heading', { name: 'Entries' }),
  },
  'analytics-nothing': {
    path: '/analytics?from=2020-01-01&until=2020-01-31',
    shows: (page) => page.getByText('Nothing happened in these days.').first(),
  },
  statuses: { path: '/statuses' },
  'statuses-delivery': { path: '/statuses?type=delivery' },
  'status-add': { path: '/statuses?add=true' },
  'statuses-check': {
    path: '/statuses?check=true',
    shows: (page) => page.getByRole('dialog', { name: 'Check of the statuses' }),
  },
  'status-form': { path: '/statuses?type=general&code=accepted' },
  'status-containers': { path: '/statuses?containers=true' },
  'status-delete': {
    path: '/statuses?type=general&code=sent',
    open: (page) => page.getByRole('button', { name: 'Delete status' }).click(),
    shows: (page) => page.getByRole('dialog', { name: 'Delete “Sent”?' }).getByText('It cannot be deleted before'),
  },
  'order-new-status': {
    path: '/orders/T-1043',
    open: async (page) => {
      await page.getByRole('button', { name: 'Move to, General status' }).click()
      await page.getByRole('menuitem', { name: 'New status…' }).click()
    },
    shows: (page) => page.getByRole('dialog', { name: 'Move to a new status' }),
  },
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
/** What can be done with chosen orders. */
function selected(page: Page): Locator {
  return page.getByRole('region', { name: 'Selected orders' })
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
let segment: { id: string }
let warned: typeof segment
let archived: string
beforeAll(async () => {
  // more orders than a page of the list has, and some in the archive
  for (let n = 0; n < 2; n++) await newOrder()
  archived = (await newOrder()).number
  await call('POST', '/v1/orders/archive', { numbers: [archived, (await newOrder()).number] })
  live = await campaignNamed(LIVE)
  draft = await campaignNamed('Payment reminder')
  const orders = (of: string, measure: string, more: object) => ({
    metric: { measure, of, type: 'general', statuses: ['accepted', 'sent', 'paid'], ...more },
  })
  await call('POST', '/v1/statuses', { type: 'general', name: 'Loyal', code: 'loyal', group: 'paid' })
  warned = (await call('POST', '/v1/segments', {
    name: 'Loyal for long',
    rule: {
      combinator: 'and',
      rules: [{ ...orders('were_in', 'first', { statuses: ['loyal'] }), operator: 'before', value: '2026-01-01' }],
    },
  })) as { id: string }
  await call('PATCH', '/v1/statuses/general/loyal', { includeInAnalytics: false })
  segment = (await call('POST', '/v1/segments', {
    name: 'Bought lately',
    rule: {
      combinator: 'and',
      rules: [
        { ...orders('entered_within', 'count', { days: 60 }), operator: 'atLeast', value: 1 },
        { ...orders('were_in', 'sum', {}), operator: 'greaterThan', value: 20 },
        { combinator: 'or', rules: [{ field: 'customer.phone', operator: 'isGiven' }] },
      ],
    },
  })) as { id: string }
  await call('PUT', '/v1/orders/T-1043/status', { type: 'general', code: 'sent' })
  await until(async () => ((await call('GET', '/v1/messages?order=T-1043')) as { total: number }).total === 1, 30_000)
})

const placed = (path: string): string =>
  path
    .replace('LIVE', live.id)
    .replace('DRAFT', draft.id)
    .replace('STEP', live.draft.steps[2]!.id)
    .replace('SEGMENT', segment.id)
    .replace('WARNED', warned.id)
    .replace('ARCHIVED', archived)

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
