import { expect, it } from 'vitest'
import { Drawing } from './draw.ts'
import { campaignNamed, openBrowser, signedIn } from './visit.ts'

openBrowser()

it('refuses the second of two tabs that save one draft with 412, and keeps the work of both', async () => {
  const { page: first } = await signedIn()
  const drawing = new Drawing(first)
  await drawing.begin('Drawn by two')
  await drawing.trigger('Processing', 'Accepted')
  await first.getByText(/^Saved \d/).waitFor()

  const second = await first.context().newPage()
  // what the first saves from now on, the second does not hear of before it saves itself
  await second.route('**/v1/stream', (route) => route.abort())
  await second.goto(first.url())
  await second
    .getByRole('button', { name: /^Order status changed/ })
    .first()
    .waitFor()

  await drawing.add('Wait', 'Add step after Order status changed')
  await drawing.panel.getByRole('textbox', { name: 'How long' }).fill('3')
  await first.getByText(/^Saved \d/).waitFor()
  await expect.poll(async () => (await campaignNamed('Drawn by two')).draft.steps.length).toBe(2)

  const refused = second.waitForResponse((response) => response.status() === 412)
  const other = new Drawing(second)
  await other.add('Send SMS', 'Add step after Order status changed')
  await other.panel.getByRole('textbox', { name: 'Text' }).fill('The work of the second tab')
  expect((await refused).request().method()).toBe('PUT')

  await second.getByRole('button', { name: 'Keep mine as a copy' }).click()
  await second.getByText('Your draft is kept as', { exact: false }).first().waitFor()
  const kept = await campaignNamed('Drawn by two (mine)')
  expect(kept.draft.steps.map(({ kind }) => kind)).toEqual(['order_status_changed', 'send_sms'])
  expect(JSON.stringify(kept.draft)).toContain('The work of the second tab')
  const theirs = await campaignNamed('Drawn by two')
  expect(theirs.draft.steps.map(({ kind }) => kind)).toEqual(['order_status_changed', 'wait'])
})
