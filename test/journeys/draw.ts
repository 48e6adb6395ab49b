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

  get panel() {
    return this.page.getByRole('complementary', { name: 'Settings' })
  }
}
