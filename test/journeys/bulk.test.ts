import { expect, it } from 'vitest'
import { accessibilityProblems, keepPicture } from '../stack/browser.ts'
import { call, newOrder, openBrowser, signedIn } from './visit.ts'

openBrowser()

interface Details {
  statuses: { general: { code: string } }
  timeline: { data: object }[]
}
const VIEWPORTS = { wide: { width: 1280, height: 860 }, narrow: { width: 390, height: 844 } }

it.each(Object.entries(VIEWPORTS))(
  'S0-20, S3-27, S3-29 moves chosen orders, archives them, takes that back and takes them out again: %s',
  async (name, viewport) => {
    const { number: q } = await newOrder()
    const numbers = [1, 2, 3].map((n) => `${q}/${n}`)
    for (const number of numbers) await newOrder(number)
    const { page, errors } = await signedIn({ viewport })
    const box = (number: string) => page.getByRole('checkbox', { name: `Select order ${number}` })
    const all = page.getByRole('checkbox', { name: 'Select all on this page' })
    const bar = page.getByRole('region', { name: 'Selected orders' })
    const notice = (words: string) => page.getByRole('alert').filter({ hasText: words })
    const codeOf = async (number: string) => {
      const order = (await call('GET', `/v1/orders/${encodeURIComponent(number)}`)) as Details
      return order.statuses.general.code
    }

    await page.goto(`/orders?q=${q}`)
    await box(numbers[0]!).check()
    await box(numbers[1]!).check()
    await bar.getByText('2 selected').waitFor()
    await bar.getByRole('switch', { name: 'Don’t tell the customers' }).check()
    await bar.getByRole('button', { name: 'Move to…' }).click()
    await page.getByRole('menuitem', { name: 'Call back' }).click()
    await notice('2 orders moved to Call back').waitFor()
    await bar.waitFor({ state: 'detached' })
    expect(await Promise.all(numbers.map(codeOf))).toEqual(['call-back', 'call-back', 'processing'])

    await page.getByRole('button', { name: `Actions for order ${numbers[2]}` }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Don’t tell the customer' }).click()
    await keepPicture(page, `order-menu-silent-${name}`)
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByRole('menuitem', { name: 'Spam / double' }).click()
    await expect.poll(() => codeOf(numbers[2]!)).toBe('spam')
    const { timeline } = (await call('GET', `/v1/orders/${encodeURIComponent(numbers[2]!)}`)) as Details
    expect(timeline.at(-1)!.data).toMatchObject({ toCode: 'spam', silent: true })

    await page.goto(`/orders/${encodeURIComponent(numbers[0]!)}`)
    const entry = page.getByText('General status moved from Processing to Call back').locator('xpath=ancestor::*[3]')
    await entry.getByText('By a person, together with other orders').waitFor()
    await entry.getByText('The customer was not told').waitFor()

    await page.goto(`/orders?q=${q}&status=call-back`)
    await all.check()
    await bar.getByRole('button', { name: 'Archive' }).click()
    const archived = notice('2 orders archived')
    await page.getByText('No order fits').waitFor()
    await archived.getByRole('button', { name: 'Undo' }).click()
    await box(numbers[1]!).waitFor()

    await all.check()
    await bar.getByRole('button', { name: 'Archive' }).click()
    await page.getByText('No order fits').waitFor()
    await page.goto(`/orders?q=${q}&archived=true`)
    await box(numbers[1]!).check()
    await bar.getByRole('button', { name: 'Take out of the archive' }).click()
    await notice('1 order taken out of the archive').waitFor()
    await box(numbers[1]!).waitFor({ state: 'detached' })
    await page.goto(`/orders/${encodeURIComponent(numbers[0]!)}`)
    await page.getByRole('button', { name: 'Actions for this order' }).click()
    await page.getByRole('menuitem', { name: 'Take out of the archive' }).click()
    await page.getByText('The order is archived').waitFor({ state: 'detached' })
    expect(await codeOf(numbers[0]!)).toBe('call-back')
    expect(errors).toEqual([])
  },
)
