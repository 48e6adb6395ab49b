import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, onTestFinished } from 'vitest'
import { authenticate, parseApiKey, refuseOthersThanOperators } from '../../db/api-keys.ts'
import { openStore } from '../../db/client.ts'
import { freePort } from '../../db/daemon.ts'
import { findSession, signIn } from '../../db/sessions.ts'
import { getWorkspace, listWorkspaces } from '../../db/workspaces.ts'
import { freshDatabase } from '../stack/postgres.ts'

const url = await freshDatabase()
const store = openStore(url)
afterAll(() => store.close())

function run(args: string[], databaseUrl: string | undefined = url, env: Record<string, string> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'tidings-command-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'db/workspace-command.ts', ...args],
    {
      env: { ...process.env, TIDINGS_HOME: home, DATABASE_URL: databaseUrl, ...env },
      encoding: 'utf8',
    },
  )
  return { status, stdout, stderr }
}

it('makes workspaces, switches Orders on by an operator, and lists them (S1-02, C15)', async () => {
  expect(run(['orders', 'on'])).toMatchObject({ status: 2, stderr: 'There is no workspace yet.\n' })

  const made = run(['create', '--name', 'Крамниця', '--timezone', 'Europe/Kyiv', '--region', 'UA', '--currency', 'UAH'])
  expect(made.status).toBe(0)
  const key = made.stdout.match(/td_\S+/)![0]
  const owner = await authenticate(store, parseApiKey(key)!)
  const workspace = await store.inWorkspace(owner!.workspaceId, getWorkspace)
  expect(workspace).toMatchObject({
    name: 'Крамниця',
    timezone: 'Europe/Kyiv',
    region: 'UA',
    currency: 'UAH',
    ordersEnabled: true,
  })

  await store.inWorkspace(workspace.id, (tx) => tx.execute('update workspaces set orders_enabled = false'))
  expect(run(['orders', 'on'])).toMatchObject({ status: 0, stdout: 'Orders are on in Крамниця.\n' })
  expect((await listWorkspaces(store))[0]!.orders_enabled).toBe(true)

  expect(run(['orders', 'off'])).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('Orders are off in Крамниця.'),
  })
  expect((await listWorkspaces(store))[0]!.orders_enabled).toBe(false)
  run(['orders', 'on'])

  run(['create', '--name', 'Second'])
  const unclear = run(['orders', 'on'])
  expect(unclear.status).toBe(2)
  expect(unclear.stderr).toContain(`${workspace.id}  Крамниця  (call-centre, Orders on)`)
  expect(run(['orders', 'on', '--workspace', workspace.id]).status).toBe(0)
  expect(run(['orders', 'on', '--workspace', 'x']).status).toBe(2)
  expect(run(['list']).stdout.split('\n')).toHaveLength(3)
}, 60_000)

it('S1-02 prints a key of the operator role once, which may switch Orders; of the preset loyalty they are off (C15)', async () => {
  const made = run(['create', '--name', 'Loyal', '--preset', 'loyalty'])
  const { workspaceId } = (await authenticate(store, parseApiKey(made.stdout.match(/td_\S+/)![0])!))!
  expect(made.stdout).toContain(`npm run workspace -- orders on --workspace ${workspaceId}`)
  expect(await store.inWorkspace(workspaceId, getWorkspace)).toMatchObject({ preset: 'loyalty', ordersEnabled: false })
  const roleOf = async (args: string[]) => {
    const { status, stdout } = run(['key', '--workspace', workspaceId, ...args])
    expect(status).toBe(0)
    const owner = (await authenticate(store, parseApiKey(stdout.match(/td_\S+/)![0])!))!
    expect(owner.workspaceId).toBe(workspaceId)
    return store.inWorkspace(workspaceId, (tx) =>
      refuseOthersThanOperators(tx, { kind: 'key', id: owner.keyId }).then(
        () => 'operator',
        ({ code }) => code,
      ),
    )
  }
  expect(await roleOf(['--role', 'operator', '--name', 'Support'])).toBe('operator')
  expect(await roleOf([])).toBe('operator_required')
}, 60_000)

it('prints a link that signs a browser in to the workspace that was chosen, once', async () => {
  const key = run(['create', '--name', 'Third']).stdout.match(/td_\S+/)![0]
  const { workspaceId } = (await authenticate(store, parseApiKey(key)!))!
  const link = (env: Record<string, string>) => {
    const { status, stdout } = run(['sign-in', '--workspace', workspaceId], url, env)
    expect([status, stdout.split('\n')[0]]).toEqual([0, 'This link opens Third, once and within a day:'])
    return new URL(stdout.split('\n')[1]!)
  }
  const first = link({})
  expect(first.origin).toBe('http://127.0.0.1:4000')
  const secret = await signIn(store, first.pathname.replace('/sign-in/', ''), Date.now())
  expect(await findSession(store, secret!, Date.now())).toMatchObject({ workspaceId })
  expect(link({ PORT: '4100', HOST: '0.0.0.0' }).origin).toBe('http://127.0.0.1:4100')
  expect(link({ PORT: '4100', HOST: '::1' }).origin).toBe('http://[::1]:4100')
  const home = mkdtempSync(join(tmpdir(), 'tidings-command-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  writeFileSync(join(home, 'address'), 'http://127.0.0.1:4321')
  expect(link({ TIDINGS_HOME: home }).origin).toBe('http://127.0.0.1:4321')
}, 60_000)

it.each([
  [[], 'npm run workspace -- list'],
  [['remove'], 'npm run workspace -- list'],
  [['create'], '--name NAME'],
  [['create', '--name', ' '], '--name NAME'],
  [['create', '--name', 'x', '--preset', 'none'], '--preset must be one of call-centre'],
  [['create', '--name', 'x', '--timezone', 'Mars/Base'], '--timezone must be'],
  [['create', '--name', 'x', '--region', 'Ukraine'], '--region must be'],
  [['create', '--name', 'x', '--currency', '₴'], '--currency must be'],
  [['create', '--nam', 'x'], "Unknown option '--nam'"],
  [['orders', 'maybe'], 'npm run workspace -- list'],
  [['key', '--role', 'king'], '--role must be one of admin, operator'],
])('answers wrong use with a clear sentence and 2: %j', (args, sentence) => {
  const { status, stderr } = run(args)
  expect(status).toBe(2)
  expect(stderr).toContain(sentence)
  expect(stderr).not.toContain('    at ')
})

it('says that Tidings does not run, where it does not', async () => {
  expect(run(['list'], '')).toMatchObject({ status: 1, stderr: expect.stringContaining('does not run in') })
  const away = run(['list'], `postgres://nobody@127.0.0.1:${await freePort()}/x`)
  expect(away).toMatchObject({ status: 1, stderr: 'The database does not answer: start Tidings first (npm start).\n' })
}, 30_000)

it('lists keys without their secrets and revokes one for good', async () => {
  const made = run(['create', '--name', 'Keys'])
  const [, workspace] = /Workspace (\S+) is made/.exec(made.stdout)!
  const own = ['--workspace', workspace!]
  const key = parseApiKey(run(['key', '--role', 'operator', '--name', 'Support', ...own]).stdout.match(/td_\S+/)![0])!
  expect(run(['keys', ...own]).stdout.split('\n')).toEqual([
    expect.stringMatching(/^\S+ {2}first {2}\(admin, since 20/),
    expect.stringContaining(`${key.id}  Support  (operator, since 20`),
    '',
  ])
  expect(run(['keys', ...own]).stdout).not.toContain(key.secret)
  expect(run(['revoke', '--key', key.id, ...own])).toMatchObject({
    status: 0,
    stdout: `The key ${key.id} of Keys is revoked.\n`,
  })
  expect(await authenticate(store, key)).toBeNull()
  expect(run(['keys', ...own]).stdout).toContain('Support  (operator, revoked)')
  expect(run(['revoke', '--key', key.id, ...own])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('workspace -- keys'),
  })
})

it.each([['constructor'], ['toString']])('knows no command of the name %s', (name) => {
  expect(run([name])).toMatchObject({ status: 2, stderr: expect.stringContaining('npm run workspace -- list') })
})
