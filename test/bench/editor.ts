import { readFileSync, statSync } from 'node:fs'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { layoutOf } from '../../editor/campaign/document/layout.ts'
import { shapeOf } from '../../editor/campaign/document/shape.ts'
import { launchBrowser } from '../stack/browser.ts'
import { type Product, startProduct } from '../stack/product.ts'
import { atMost, type Bench, best, type Figure } from './figure.ts'
import { sampleCampaign } from './sample-campaign.ts'

const RUNS = 5
const FRAMES = 60
const KEYSTROKES = 20

/** The budgets of the editor: what is loaded, how soon it is there, what a frame and a keystroke cost. Source: editor.md 5.5. */
export const editor: Bench = async () => {
  const product = await startProduct()
  const browser = await launchBrowser()
  try {
    return [
      ...bundles(),
      layout(200),
      ...(await pages(browser, product, 200)),
      ...(await pages(browser, product, 1_000)),
    ]
  } finally {
    await browser.close()
    await product.stop()
  }
}

interface Chunk {
  file: string
  isEntry?: boolean
  imports?: string[]
  dynamicImports?: string[]
  css?: string[]
}

/** Kilobytes of brotli: the shell, the editor beside it, and the largest page beside it. */
function bundles(): Figure[] {
  const chunks = JSON.parse(readFileSync('.editor/.vite/manifest.json', 'utf8')) as Record<string, Chunk>
  const shell = filesOf(chunks, 'index.html', new Set())
  const pages = chunks['index.html']!.dynamicImports!.map((name) => ({ name, kB: kB(filesOf(chunks, name, shell)) }))
  const sizeOf = (part: string) => pages.find(({ name }) => name.includes(part))!.kB
  return [
    atMost('shell, JS and CSS', 'kB', 205, kB(shell)),
    atMost('editor', 'kB', 95, sizeOf('campaign/editor')),
    atMost('the largest page', 'kB', 110, Math.max(...pages.map((page) => page.kB))),
  ]
}

/** The files that a chunk loads at once, without those that are there already. */
function filesOf(chunks: Record<string, Chunk>, name: string, there: ReadonlySet<string>): Set<string> {
  const files = new Set<string>()
  const open = [name]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { file, imports = [], css = [] } = chunks[at]!
    if (files.has(file) || there.has(file)) continue
    for (const part of [file, ...css]) if (!there.has(part)) files.add(part)
    open.push(...imports)
  }
  return files
}

const kB = (files: ReadonlySet<string>): number =>
  [...files].reduce((sum, file) => sum + statSync(`.editor/${file}.br`).size, 0) / 1_000

function layout(steps: number): Figure {
  const shape = shapeOf(sampleCampaign(steps))
  const runs = Array.from({ length: RUNS }, () => {
    const startMs = performance.now()
    layoutOf(shape)
    return performance.now() - startMs
  })
  return atMost(`layout of ${steps} steps`, 'ms', 100, best(runs))
}

async function pages(browser: Browser, { url, key }: Product, steps: number): Promise<Figure[]> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    extraHTTPHeaders: { authorization: `Bearer ${key}` },
  })
  await answerWith(context, steps)
  const address = `${url}/campaigns/sample?step=s1`
  const ready: number[] = []
  for (let run = 0; run < RUNS; run++) ready.push(await timeToReady(context, address))
  const page = await context.newPage()
  await page.goto(address)
  await page.locator('.react-flow__node').first().waitFor()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Performance.enable')
  const keystroke = await costOfTyping(page, cdp)
  const pan = await costOfPan(page, cdp)
  await page.keyboard.press('1')
  await page.waitForTimeout(500)
  const panAtFit = await costOfPan(page, cdp)
  await context.close()
  return [
    atMost(`${steps} steps: ready`, 'ms', 1_500, best(ready)),
    atMost(`${steps} steps: main thread a frame of panning, zoom 1`, 'ms', 6, pan),
    atMost(`${steps} steps: main thread a frame of panning, all in view`, 'ms', 16, panAtFit),
    atMost(`${steps} steps: main thread a keystroke`, 'ms', 16, keystroke),
  ]
}

/** The server keeps at most 200 steps, so a larger draft is answered here. */
async function answerWith(context: BrowserContext, steps: number): Promise<void> {
  const campaign = {
    id: 'sample',
    name: `${steps} steps`,
    state: 'draft',
    draft: sampleCampaign(steps),
    draftVersion: 1,
    version: null,
    entered: 0,
    waiting: 0,
    ended: 0,
  }
  await context.route(/\/v1\/campaigns\/sample(\/draft)?$/, (route) =>
    route.fulfill({ json: campaign, headers: { etag: '"1"' } }),
  )
}

/** Milliseconds from the start of the navigation to the first card. */
async function timeToReady(context: BrowserContext, address: string): Promise<number> {
  const page = await context.newPage()
  await page.addInitScript(`new MutationObserver((_, observer) => {
    if (!document.querySelector('.react-flow__node')) return
    window.readyMs = performance.now()
    observer.disconnect()
  }).observe(document, { childList: true, subtree: true })`)
  await page.goto(address)
  await page.locator('.react-flow__node').first().waitFor()
  const readyMs = await page.evaluate<number>('window.readyMs')
  await page.close()
  return readyMs
}

/** Milliseconds of the main thread for each of `count` doings, the best of several runs. */
async function costOf(cdp: CDPSession, count: number, doing: () => Promise<void>): Promise<number> {
  const runs: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const before = await busyMs(cdp)
    for (let n = 0; n < count; n++) await doing()
    runs.push(((await busyMs(cdp)) - before) / count)
  }
  return best(runs)
}

async function busyMs(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  const seconds = (name: string) => metrics.find((metric) => metric.name === name)!.value
  return (seconds('ScriptDuration') + seconds('RecalcStyleDuration') + seconds('LayoutDuration')) * 1_000
}

const nextFrame = (page: Page) => page.evaluate('new Promise((resolve) => requestAnimationFrame(resolve))')

async function costOfPan(page: Page, cdp: CDPSession): Promise<number> {
  await page.mouse.move(400, 500)
  let frame = 0
  return costOf(cdp, FRAMES, async () => {
    // there and back, so that every run sees the same part
    await page.mouse.wheel(0, frame++ % FRAMES < FRAMES / 2 ? 40 : -40)
    await nextFrame(page)
  })
}

async function costOfTyping(page: Page, cdp: CDPSession): Promise<number> {
  await page.locator('.react-flow__node[data-id="s1"]').click()
  await page.getByRole('complementary').getByRole('textbox', { name: 'Name' }).focus()
  const cost = await costOf(cdp, KEYSTROKES, async () => {
    await page.keyboard.type('x')
    await nextFrame(page)
  })
  await page.keyboard.press('Escape')
  return cost
}
