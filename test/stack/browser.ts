import { existsSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
/** Where screenshots are kept for people to look at. */
const GALLERY = fileURLToPath(new URL('../../.screenshots/', import.meta.url))

/** A real Chromium: `CHROMIUM_PATH`, else a system's, else the one from npm. */
export async function launchBrowser(): Promise<Browser> {
  const path = [process.env.CHROMIUM_PATH, ...SYSTEM].find((known) => known && existsSync(known))
  if (path) return chromium.launch({ executablePath: path, args: QUIET })
  const { default: packed } = await import('@sparticuz/chromium')
  // not with its own arguments: they run everything in one process and lift the rules of origins
  return chromium.launch({ executablePath: await packed.executablePath(), args: QUIET })
}

/** Keeps what a page looks like under `name`. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(GALLERY, { recursive: true })
  await page.screenshot({ path: `${GALLERY}${name}.png` })
}

/** WCAG 2.2 AA and what it contains. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

interface Finding {
  id: string
  nodes: { target: unknown; any: { message: string }[] }[]
}

/** What axe finds on the page as it stands, a line each; empty when nothing is wrong. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // as the page's own policy allows no foreign script, it is evaluated, not added
  await page.evaluate(axe.source)
  const how = JSON.stringify({ runOnly: { type: 'tag', values: RULES } })
  const { violations } = await page.evaluate<{ violations: Finding[] }>(`axe.run(document, ${how})`)
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((n) => `${n.target} ${n.any[0]?.message ?? ''}`).join(' | ')}`,
  )
}

/** What a page wrote to its console as an error, and what it threw. */
export function errorsOf(context: BrowserContext): string[] {
  const errors: string[] = []
  context.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  context.on('weberror', (error) => errors.push(error.error().message))
  return errors
}
