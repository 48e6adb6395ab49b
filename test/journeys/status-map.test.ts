import { expect, it, onTestFinished } from 'vitest'
import { sms, trigger } from '../factories.ts'
import { accessibilityProblems, keepPicture } from '../stack/browser.ts'
import { call, openBrowser, pauseInTheEnd, signedIn } from './visit.ts'

openBrowser()

interface Status {
  code: string
  timeout: { after: string; to: string } | null
}
const find = async (code: string) =>
  ((await call('GET', '/v1/statuses')) as { statuses: Status[] }).statuses.find((status) => status.code === code)

const TEXT = { template: 'Hello', always: true }
/** Four texts to customers whose order leaves Accepted. */
const GOODBYE = {
  name: 'Leaves Accepted',
  draft: {
    steps: [
      trigger('', 't1', { from: { statuses: ['accepted'] }, to: 'any' }),
      ...[1, 2, 3, 4].map((n) => sms(`t${n}`, 'Hello', n < 4 ? `t${n + 1}` : null)),
    ],
  },
}

it('P22 a timeout that would leave orders forgotten and bring a storm is saved only after its warning, and the check tells both', async () => {
  const waits = { type: 'general', code: 'waits', name: 'Waits for stock', group: 'accepted', autoSms: TEXT }
  await call('POST', '/v1/statuses', waits)
  await call('PATCH', '/v1/statuses/general/accepted', { autoSms: TEXT })
  onTestFinished(async () => {
    await call('PATCH', '/v1/statuses/general/accepted', { timeout: null, autoSms: null })
    await call('DELETE', '/v1/statuses/general/waits')
  })
  const { id } = (await call('POST', '/v1/campaigns', GOODBYE)) as { id: string }
  await call('POST', `/v1/campaigns/${id}/publish`, {})
  await pauseInTheEnd(GOODBYE.name)
  const { page, errors } = await signedIn({ reducedMotion: 'reduce' })
  await page.goto('/statuses?type=general&code=accepted')
  await page.getByRole('switch', { name: 'Move orders on after a while' }).press('Space')
  await page.getByRole('combobox', { name: 'Move to' }).click()
  await page.getByRole('option', { name: 'Waits for stock' }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const warning = page.getByRole('alert').filter({ hasText: 'Look at this before you save' })
  await warning.getByText('there they stay until somebody moves them on', { exact: false }).waitFor()
  expect(await warning.getByRole('listitem').filter({ hasText: 'after 14 days' }).count()).toBeGreaterThan(0)
  await warning.getByText('One order can get 6 texts', { exact: false }).waitFor()
  await warning.getByText('its own text, 4 texts of “Leaves Accepted”').waitFor()
  expect((await find('accepted'))!.timeout).toBeNull()
  expect(await accessibilityProblems(page)).toEqual([])
  await keepPicture(page, 'status-form-warning')

  // what is changed after the warning is asked about anew
  await page.getByRole('textbox', { name: 'After' }).fill('13')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'Save all the same' }).click()
  await page.getByText('“Accepted” is saved').waitFor()
  expect((await find('accepted'))!.timeout).toEqual({ after: 'P13D', to: 'waits' })

  await page.getByRole('link', { name: 'Check the map' }).click()
  const dialog = page.getByRole('dialog', { name: 'Check of the statuses' })
  await dialog.getByText('after 13 days').first().waitFor()
  expect(page.url()).toContain('check=true')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.reload()
    await dialog.getByText('after 13 days').first().waitFor()
    for (const [size, width] of Object.entries({ wide: 1440, narrow: 390 })) {
      await page.setViewportSize({ width, height: 860 })
      expect(await accessibilityProblems(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      await keepPicture(page, `status-map-${colorScheme}-${size}`)
    }
  }
  await dialog.getByRole('link', { name: 'Waits for stock' }).press('Enter')
  await page.getByRole('dialog', { name: 'Status property' }).waitFor()
  expect(errors).toEqual([])
})
