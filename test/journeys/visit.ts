import { execFileSync } from 'node:child_process'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, onTestFailed, onTestFinished } from 'vitest'
import type { Step } from '../../db/model/campaign-schema.ts'
import type { Preset } from '../../db/model/preset.ts'
import { errorsOf, keepPicture, launchBrowser } from '../stack/browser.ts'

export const product = inject('product')

let browser: Browser
/** Opens Chromium for the file that calls it. */
export function openBrowser(): void {
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())
}

/** A page of a browser that has signed in by a link, as people get one, and what went wrong in it. */
export async function signedIn(
  options: BrowserContextOptions = {},
  workspace?: string,
): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, baseURL: product.url, ...options })
  context.setDefaultTimeout(30_000)
  const errors = errorsOf(context)
  const page = await context.newPage()
  onTestFailed(({ task }) => keepPicture(page, `failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`))
  await page.goto(newSignInUrl(workspace))
  await page.getByRole('heading', { name: 'Orders', level: 1 }).waitFor()
  return { page, errors }
}

/** A page of a browser that nobody signed in. */
export async function stranger(): Promise<Page> {
  const context = await browser.newContext({ baseURL: product.url })
  return context.newPage()
}

/** What `npm run workspace -- sign-in` prints, for a workspace or the demo. */
export function newSignInUrl(workspace = demoWorkspace()): string {
  return /http:\S+\/sign-in\/\S+/.exec(command('sign-in', '--workspace', workspace))![0]
}

let demo: string | undefined
/** The first workspace there was. */
function demoWorkspace(): string {
  demo ??= command('list').split(' ', 1)[0]!
  return demo
}

/** What `npm run workspace -- …` prints. */
export function command(...args: string[]): string {
  const env = { ...process.env, TIDINGS_HOME: product.home, PORT: new URL(product.url).port }
  return `${execFileSync(process.execPath, ['--import', 'tsx', 'db/workspace-command.ts', ...args], { env })}`
}

/** A workspace without anything that other stories leave, and its key. */
export function newWorkspace(name: string, preset: Preset = 'call-centre'): { id: string; key: string } {
  const [, id, key] = /Workspace (\S+) is made[\s\S]*?(td_\S+)/.exec(
    command('create', '--name', name, '--preset', preset),
  )!
  return { id: id!, key: key! }
}

/** Calls the API as another system does. */
export async function call(method: string, path: string, body?: unknown, key = product.key): Promise<unknown> {
  const answer = await fetch(product.url + path, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true)
  return answer.status === 204 ? undefined : answer.json()
}

let orders = 0
/** An order in Processing whose customer has a phone of his own. */
export async function newOrder(
  number = `J-${Date.now() % 1_000_000}-${++orders}`,
  key = product.key,
): Promise<{ number: string; phone: string }> {
  const phone = `+38067${String(1_000_000 + (Date.now() % 900_000) + ++orders)}`
  const event = {
    specversion: '1.0',
    id: number,
    source: 'journey',
    type: 'order.status_changed',
    data: {
      order: { number, total: '120.00', customer: { name: 'Олена Шевченко', phone } },
      type: 'general',
      status: 'processing',
    },
  }
  await call('POST', '/v1/events', event, key)
  return { number, phone }
}

interface Campaign {
  id: string
  name: string
  draft: { steps: Step[] }
}
/** As the API tells it. */
export async function campaignNamed(name: string, key = product.key): Promise<Campaign> {
  const { campaigns } = (await call('GET', '/v1/campaigns', undefined, key)) as { campaigns: Campaign[] }
  const found = campaigns.find((campaign) => campaign.name === name)
  if (!found) throw new Error(`there is no campaign ${name}`)
  return found
}

/** Whatever becomes of the test: its campaign sends nothing to the customers of the next ones. */
export async function pauseInTheEnd(name: string): Promise<void> {
  const { id } = await campaignNamed(name)
  onTestFinished(async () => void (await call('POST', `/v1/campaigns/${id}/pause`)))
}
