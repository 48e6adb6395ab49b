import type { Page } from 'playwright-core'

/** What marketers do on the canvas, by clicks. */
export class Drawing {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  /** A new campaign without a template; the editor is open then. */
  async begin(name: string): Promise<void> {
    await this.page.getByRole('link', { name: 'Campaigns', exact: true }).click()
    await this.page.getByRole('button', { name: 'New campaign' }).click()
    const dialog = this.page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /Blank/ }).click()
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
    await dialog.getByRole('button', { name: 'Create campaign' }).click()
    await this.page.waitForURL(/\/campaigns\/[0-9a-f-]{36}/)
  }

  /** Begins with a general status changing from one to another. */
  async trigger(from: string, to: string): Promise<void> {
    await this.page.getByText('What starts it?').click()
    await this.choose('From', from)
    await this.choose('To', to)
  }

  /** Chooses one more of a field with several. */
  async choose(label: string, option: string): Promise<void> {
    await this.panel.getByRole('combobox', { name: label, exact: true }).click()
    await this.page.getByRole('option', { name: option, exact: true }).click()
    await this.page.keyboard.press('Escape')
  }

  /** Adds a step by the + whose name tells where. */
  async add(kind: string, plus: string): Promise<void> {
    await this.page.getByRole('button', { name: plus, exact: true }).click()
    await this.page.getByRole('option', { name: kind }).click()
    await this.panel.getByRole('heading', { name: kind }).waitFor()
  }

  /** Draws Processing → Accepted, a phone is given, 5 seconds, a text, and publishes it; `counted` must stand below the text. */
  async publish(name: string, text: string, counted: RegExp): Promise<void> {
    await this.begin(name)
    await this.trigger('Processing', 'Accepted')
    await this.add('Filter customers', 'Add step after Order status changed')
    await this.panel.getByRole('button', { name: 'Add condition' }).click()
    await this.choose('What is compared in condition 1', 'Customer phone')
    await this.choose('How condition 1 compares', 'is given')
    await this.add('Wait', 'Add step after Filter customers: Yes')
    await this.panel.getByRole('textbox', { name: 'How long' }).fill('5')
    await this.choose('Unit', 'Seconds')
    await this.add('Send SMS', 'Add step after Wait')
    await this.panel.getByRole('textbox', { name: 'Text' }).fill(text)
    await this.panel.getByText(counted).waitFor()
    await this.page.getByRole('button', { name: 'Publish…' }).click()
    await this.page.getByRole('dialog').getByRole('button', { name: 'Publish version 1' }).click()
    await this.page.getByText('Version 1 is published').waitFor()
  }

  get panel() {
    return this.page.getByRole('complementary', { name: 'Settings' })
  }
}
