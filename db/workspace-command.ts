import { parseArgs } from 'node:util'
import { knownAddress, signInAddress } from './address.ts'
import { addKey, formatApiKey, type KeyView, listKeys, newApiKey, ROLES, type Role, revokeKey } from './api-keys.ts'
import { openStore, type Store } from './client.ts'
import { homePath, readPublished } from './home.ts'
import { PRESETS, type Preset } from './model/preset.ts'
import { createWorkspace } from './new-workspace.ts'
import { isOutage } from './outage.ts'
import { addSignInLink } from './sessions.ts'
import { listWorkspaces, switchOrders, viewWorkspace } from './workspaces.ts'

const USAGE = `npm run workspace -- list
npm run workspace -- create --name NAME [--preset ${Object.keys(PRESETS).join('|')}] [--timezone Europe/Kyiv] [--region UA] [--currency UAH]
npm run workspace -- orders on|off [--workspace ID]
npm run workspace -- key [--role ${ROLES.join('|')}] [--name NAME] [--workspace ID]
npm run workspace -- keys [--workspace ID]
npm run workspace -- revoke --key ID [--workspace ID]
npm run workspace -- sign-in [--workspace ID]`

/** Wrong use: the sentence says what was expected. */
class Misused extends Error {}

const OPTIONS = {
  name: { type: 'string' },
  preset: { type: 'string' },
  timezone: { type: 'string' },
  region: { type: 'string' },
  currency: { type: 'string' },
  workspace: { type: 'string' },
  role: { type: 'string' },
  key: { type: 'string' },
} as const
type Options = Partial<Record<keyof typeof OPTIONS, string>>

const COMMANDS: Record<string, (store: Store, options: Options) => Promise<void>> = {
  async list(store) {
    for (const w of await listWorkspaces(store)) console.log(lineOf(w))
  },
  async create(store, options) {
    const wanted = wantedBy(options)
    const { beginsWithOrders } = PRESETS[wanted.preset]
    const key = newApiKey()
    const id = await createWorkspace(
      store,
      { ...wanted, ordersEnabledBy: beginsWithOrders ? OPERATOR : null },
      key,
      Date.now(),
    )
    console.log(`Workspace ${id} is made. Its key, shown only now:\n${formatApiKey(key)}`)
    console.log(`Its pages are opened by: npm run workspace -- sign-in --workspace ${id}`)
    if (!beginsWithOrders)
      console.log(`Its Orders are off: npm run workspace -- orders on --workspace ${id} switches them on.`)
  },
  async 'orders on'(store, { workspace }) {
    const { id, name } = await chosen(store, workspace)
    const { keptBodies } = await store.inWorkspace(id, async (tx) => {
      await switchOrders(tx, true, OPERATOR, Date.now())
      return viewWorkspace(tx)
    })
    console.log(`Orders are on in ${name}.`)
    if (keptBodies > 0)
      console.log(`${keptBodies} bodies that shops sent are taken in now, with the texts that they cause.`)
  },
  async 'orders off'(store, { workspace }) {
    const { id, name } = await chosen(store, workspace)
    await store.inWorkspace(id, (tx) => switchOrders(tx, false, OPERATOR, Date.now()))
    console.log(`Orders are off in ${name}. What waits in timeouts and campaigns goes on; nothing new is taken in.`)
  },
  async key(store, { workspace, role = 'admin', name = role }) {
    if (!isRole(role)) throw new Misused(`--role must be one of ${ROLES.join(', ')}.`)
    if (name.trim() === '' || name.length > 80) throw new Misused('--name must have at most 80 characters.')
    const { id, name: of } = await chosen(store, workspace)
    const key = newApiKey()
    await store.inWorkspace(id, (tx) => addKey(tx, { name: name.trim(), role }, key, Date.now()))
    console.log(`A key of ${of} for the role ${role}, shown only now:\n${formatApiKey(key)}`)
  },
  async keys(store, { workspace }) {
    const { id } = await chosen(store, workspace)
    const line = (k: KeyView) => `${k.id}  ${k.name}  (${k.role}, ${k.revoked ? 'revoked' : `since ${k.createdAt}`})`
    for (const key of await store.inWorkspace(id, listKeys)) console.log(line(key))
  },
  async revoke(store, { workspace, key = '' }) {
    const { id, name } = await chosen(store, workspace)
    const isDone = await store.inWorkspace(id, (tx) => revokeKey(tx, key, Date.now()))
    if (!isDone) throw new Misused(`--key ID must be one that works, of those of ${name}: npm run workspace -- keys`)
    console.log(`The key ${key} of ${name} is revoked.`)
  },
  async 'sign-in'(store, { workspace }) {
    const { id, name } = await chosen(store, workspace)
    const secret = await store.inWorkspace(id, (tx) => addSignInLink(tx, Date.now()))
    console.log(`This link opens ${name}, once and within a day:\n${signInAddress(knownAddress(), secret)}`)
  },
}

/** Who the command is to the journal: whoever may run it on this machine. */
const OPERATOR = 'operator'
const isRole = (role: string): role is Role => ROLES.some((known) => known === role)

type Listed = Awaited<ReturnType<typeof listWorkspaces>>[number]
const lineOf = ({ id, name, preset, orders_enabled }: Listed): string =>
  `${id}  ${name}  (${preset}, Orders ${orders_enabled ? 'on' : 'off'})`

/** The workspace of this id, or the only one there is. */
async function chosen(store: Store, id: string | undefined): Promise<Listed> {
  const all = await listWorkspaces(store)
  const list = all.map(lineOf).join('\n')
  if (id === undefined && all.length > 1) throw new Misused(`Say which workspace with --workspace ID:\n${list}`)
  const found = id === undefined ? all[0] : all.find((w) => w.id === id)
  if (!found)
    throw new Misused(all.length === 0 ? 'There is no workspace yet.' : `No workspace has the id ${id}:\n${list}`)
  return found
}

function wantedBy({ name = '', preset = 'call-centre', timezone, region, currency }: Options) {
  if (name.trim() === '' || name.length > 80) throw new Misused('--name NAME of at most 80 characters is needed.')
  if (!Object.hasOwn(PRESETS, preset)) throw new Misused(`--preset must be one of ${Object.keys(PRESETS).join(', ')}.`)
  if (timezone !== undefined && !isTimezone(timezone))
    throw new Misused('--timezone must be a name such as Europe/Kyiv.')
  if (region !== undefined && !/^[A-Z]{2}$/.test(region)) throw new Misused('--region must be two letters such as UA.')
  if (currency !== undefined && !/^[A-Z]{3}$/.test(currency))
    throw new Misused('--currency must be three letters such as UAH.')
  return {
    name: name.trim(),
    preset: preset as Preset,
    ...(timezone && { timezone }),
    ...(region && { region }),
    ...(currency && { currency }),
  }
}

function isTimezone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

function parsed(): { command: (typeof COMMANDS)[string]; options: Options } {
  try {
    const { positionals, values } = parseArgs({ options: OPTIONS, allowPositionals: true })
    const name = positionals.join(' ')
    const command = Object.hasOwn(COMMANDS, name) && COMMANDS[name]
    if (!command) throw new Misused(USAGE)
    return { command, options: values }
  } catch (error) {
    throw new Misused(error instanceof Misused ? error.message : `${(error as Error).message}\n${USAGE}`)
  }
}

async function run(): Promise<void> {
  const { command, options } = parsed()
  const url = process.env.DATABASE_URL || readPublished('database-url')
  if (!url)
    throw new Error(
      `Tidings does not run in ${homePath()}: start it first (npm start), or say where its data is (TIDINGS_HOME, DATABASE_URL).`,
    )
  const store = openStore(url, { connectionsMax: 1 })
  try {
    await command(store, options)
  } catch (error) {
    if (isOutage(error)) throw new Error('The database does not answer: start Tidings first (npm start).')
    throw error
  } finally {
    await store.close()
  }
}

try {
  await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof Misused ? 2 : 1
}
