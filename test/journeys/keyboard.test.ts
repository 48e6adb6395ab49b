import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { Drawing } from './draw.ts'
import { campaignNamed, newOrder, newWorkspace, openBrowser, signedIn } from './visit.ts'

openBrowser()

const STOPS_MAX = 80
const NAME = 'Accepted by keyboard'

/** Hands on a keyboard, and nothing else. */
class Hands {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key, { delay: 20 })
  }

  async type(words: string): Promise<void> {
    await this.page.keyboard.type(words)
  }

  /** Tab until the focus is there. */
  async tabTo(target: Locator): Promise<void> {
    await target.waitFor({ timeout: 30_000 })
    await this.#until(target, 'Tab')
  }

  /** Arrow down until the focus is there. */
  async downTo(target: Locator): Promise<void> {
    await target.waitFor()
    await this.#until(target, 'ArrowDown')
  }

  /** Arrow up in an open list until the choice is marked. */
  async upTo(choice: Locator): Promise<void> {
    await choice.waitFor()
    for (let stop = 0; stop < STOPS_MAX; stop++) {
      if ((await choice.getAttribute('data-combobox-selected')) !== null) return
      await this.press('ArrowUp')
    }
    throw new Error(`no arrow leads to ${choice}`)
  }

  /** Waits until the focus is on what the page says is focused. */
  async isAt(target: Locator): Promise<void> {
    await expect
      .poll(() => target.evaluate((element) => element === document.activeElement), { timeout: 5_000 })
      .toBe(true)
  }

  async #until(target: Locator, key: string): Promise<void> {
    for (let stop = 0; stop < STOPS_MAX; stop++) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await this.press(key)
    }
    throw new Error(`no ${key} leads to ${target}`)
  }

  /** Types into a field with choices and takes the first that fits. */
  async choose(words: string): Promise<void> {
    await this.type(words)
    await this.page.getByRole('option', { name: words, exact: true }).waitFor()
    await this.press('ArrowDown', 'Enter', 'Escape')
  }

  /** Adds a step after the one in focus. */
  async add(kind: string): Promise<void> {
    await this.press('a')
    await this.isAt(this.page.getByRole('combobox', { name: 'Add step' }))
    await this.type(kind)
    await this.press('Enter')
    await this.page.getByRole('complementary', { name: 'Settings' }).getByRole('heading', { name: kind }).waitFor()
  }

  /** Goes anywhere by the search. */
  async goTo(words: string): Promise<void> {
    await this.press('Control+k')
    await this.isAt(this.page.getByPlaceholder('Page, campaign, status, order number or customer'))
    await this.type(words)
    await this.page.locator('[data-action]', { hasText: words }).first().waitFor()
    await this.press('Enter')
  }
}

it('draws and publishes a campaign, moves an order and reads its phone and timeline, by keyboard only', async () => {
  // its statuses are few enough for a menu without a field to search them
  const { id, key } = newWorkspace('By keyboard')
  const { page, errors } = await signedIn({}, id)
  const { number, phone } = await newOrder(undefined, key)
  const hands = new Hands(page)
  const panel = page.getByRole('complementary', { name: 'Settings' })

  await hands.goTo('Campaigns')
  await hands.tabTo(page.getByRole('button', { name: 'New campaign' }))
  await hands.press('Enter')
  await hands.isAt(page.getByRole('textbox', { name: 'Name' }))
  await hands.type(NAME)
  await hands.press('Enter')
  await hands.tabTo(page.getByRole('button', { name: 'What starts it?' }))
  await hands.press('Enter')

  await hands.isAt(panel.getByRole('combobox', { name: 'To', exact: true }))
  await hands.choose('Accepted')
  await hands.press('Shift+Tab')
  await hands.isAt(panel.getByRole('combobox', { name: 'From', exact: true }))
  await hands.choose('Processing')
  await hands.press('Escape')

  await hands.add('Filter customers')
  await hands.isAt(panel.getByRole('button', { name: 'Add condition' }))
  await hands.press('Enter')
  await hands.tabTo(panel.getByRole('combobox', { name: 'What is compared in condition 1' }))
  await hands.choose('Customer phone')
  await hands.press('Escape')

  await hands.add('Wait')
  await hands.isAt(panel.getByRole('textbox', { name: 'How long' }))
  await hands.type('5')
  await hands.tabTo(panel.getByRole('combobox', { name: 'Unit' }))
  await hands.press('Enter')
  await hands.upTo(page.getByRole('option', { name: 'Seconds' }))
  await hands.press('Enter', 'Escape')

  await hands.add('Send SMS')
  await hands.isAt(panel.getByRole('textbox', { name: 'Text' }))
  await hands.type('{{ customer.first_name }}, order {{ order.number }}: typed.')
  await hands.press('Escape', 'Control+s')
  await page.getByText(/^Saved \d/).waitFor()
  expect((await campaignNamed(NAME, key)).draft.steps).toMatchObject([
    { kind: 'order_status_changed', from: { statuses: ['processing'] }, to: { statuses: ['accepted'] } },
    { kind: 'filter_customers', where: { rules: [{ field: 'customer.phone', operator: 'isGiven' }] } },
    { kind: 'wait', for: 'PT5S' },
    { kind: 'send_sms', message: '{{ customer.first_name }}, order {{ order.number }}: typed.' },
  ])

  await hands.press('Control+Shift+P')
  await hands.tabTo(page.getByRole('button', { name: 'Publish version 1' }))
  await hands.press('Enter')
  await page.getByText('Version 1 is published').waitFor()

  await hands.goTo(number)
  await hands.tabTo(page.getByRole('button', { name: 'Move to, General status' }))
  await hands.press('Enter')
  await hands.downTo(page.getByRole('menuitem', { name: 'Accepted', exact: true }))
  await hands.press('Enter')
  await page.getByText(`Order ${number} moved to Accepted`).first().waitFor()
  await hands.goTo('Phones')
  await hands.tabTo(page.getByRole('link', { name: new RegExp(phone.replace('+', '\\+')) }))
  await hands.press('Enter')
  await page.getByText(`Олена, order ${number}: typed.`).last().waitFor({ timeout: 30_000 })
  await hands.goTo(number)
  await page.getByRole('region', { name: 'Timeline' }).getByText(NAME).first().waitFor()
  expect(errors).toEqual([])
})

it('leaves the keyboard where people went while the view still moves, and gives it back after names and conditions', async () => {
  const { page } = await signedIn()
  const hands = new Hands(page)
  const drawing = new Drawing(page)
  await drawing.begin('Slow fingers')
  await drawing.trigger('Processing', 'Accepted')
  await drawing.add('Filter customers', 'Add step after Order status changed')
  const add = drawing.panel.getByRole('button', { name: 'Add condition' })
  await add.click()
  await drawing.panel.getByRole('button', { name: 'Remove condition 1' }).press('Enter')
  await hands.isAt(add)

  const name = (words: string) => page.getByRole('button', { name: words, exact: true })
  await name('Slow fingers').press('Enter')
  await hands.isAt(page.getByRole('textbox', { name: 'Name of the campaign' }))
  await hands.press('Control+a')
  await hands.type('Fast fingers')
  await hands.press('Enter')
  await hands.isAt(name('Fast fingers'))
  await hands.press('Enter', 'Escape')
  await hands.isAt(name('Fast fingers'))
  await drawing.panel.getByRole('heading', { name: 'Filter customers' }).waitFor()

  await drawing.add('Wait', 'Add step after Filter customers: Yes')
  await drawing.panel.getByRole('textbox', { name: 'How long' }).press('Escape')
  await page.setViewportSize({ width: 1280, height: 420 })
  const card = (words: string) => page.locator('.react-flow__node', { hasText: words }).first()
  // what is out of view is not drawn, and the canvas may hear of its new height only after the first press
  await expect
    .poll(async () => {
      await page.keyboard.press('Home')
      return card('Order status changed').evaluateAll(
        ([first]) => first !== undefined && first === document.activeElement,
      )
    })
    .toBe(true)
  for (const key of ['End', 'a']) await page.keyboard.press(key)
  const menu = page.getByRole('combobox', { name: 'Add step' })
  await hands.isAt(menu)
  // longer than the view takes to get there
  await page.waitForTimeout(500)
  await hands.isAt(menu)

  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+Shift+p')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Go to/ })
    .first()
    .press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await hands.isAt(card('Wait'))
})

it('leaves what is typed into a search as it is while the search goes on', async () => {
  const { page } = await signedIn()
  const field = page.getByRole('searchbox')
  await field.pressSequentially('T-10 ')
  await page.waitForURL(/q=T-10(&|$)/)
  await field.pressSequentially('43')
  await page.waitForURL(/q=T-10(\+|%20)43/)
  expect(await field.inputValue()).toBe('T-10 43')
  await page.goBack()
  await expect.poll(() => field.inputValue()).toBe('T-10')
})
