import { readdirSync, readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rows, type Store, sqlState } from '../../db/client.ts'
import { freshStore, makeDesk } from '../factories.ts'
import { type Filled, fill, ISOLATED, VERBS } from './isolation-cases.ts'

const { store, url } = await freshStore()
/** A superuser, as DATABASE_URL often names: what the store must not work as. */
const owner = postgres(url, { max: 2, onnotice: () => {} })
let ours: Filled
let theirs: Filled

beforeAll(async () => {
  ours = await fill(await makeDesk(store))
  theirs = await fill(await makeDesk(store))
})
afterAll(() => owner.end())

const TABLES = (
  await owner<{ name: string; key: string; columns: string[] }[]>`
    select c.relname as name, case c.relname when 'workspaces' then 'id' else 'workspace_id' end as key,
      array(select attname::text from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped
        and attgenerated = '') as columns
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and (c.relname = 'workspaces'
      or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped))
    order by 1`
).map((table) => ({ ...table }))

/** One word for everything a workspace holds; it differs once any row does. */
async function fingerprint(workspaceId: string): Promise<string> {
  const parts = TABLES.map(
    ({ name, key }) => `select '${name}' || coalesce(string_agg(t::text, '|' order by t::text), '') as w
      from ${name} t where ${key} = '${workspaceId}'`,
  )
  const [row] = await owner.unsafe(
    `select md5(string_agg(w, '|' order by w)) as word from (${parts.join(' union all ')}) x`,
  )
  return row!.word
}

async function count(from: Pick<Store['across'], 'execute'>, { name, key }: { name: string; key: string }, id: string) {
  const [row] = await rows<{ n: number }>(
    from,
    sql.raw(`select count(*)::int as n from ${name} where ${key} = '${id}'`),
  )
  return row!.n
}

describe('two workspaces in one database', () => {
  it.each(TABLES)('both have rows in $name, so that what follows proves something', async ({ name, key }) => {
    for (const { id } of [ours.desk, theirs.desk]) {
      const [row] = await owner.unsafe(`select count(*)::int as n from ${name} where ${key} = '${id}'`)
      expect(row!.n).toBeGreaterThan(0)
    }
  })

  it.each(TABLES)('sees and touches no row of the other in $name', async (table) => {
    const { name, key, columns } = table
    const before = await fingerprint(theirs.desk.id)
    await ours.desk.run(async (tx) => {
      expect(await count(tx, table, theirs.desk.id)).toBe(0)
      expect(await count(tx, table, ours.desk.id)).toBeGreaterThan(0)
    })
    for (const statement of [
      `update ${name} set ${key} = ${key} where ${key} = '${theirs.desk.id}' returning 1`,
      `delete from ${name} where ${key} = '${theirs.desk.id}' returning 1`,
    ]) {
      const touched = await ours.desk.query(sql.raw(statement)).catch((error) => {
        // a table that only grows refuses the statement, whatever rows it means
        expect(sqlState(error)).toBe('P0001')
        return []
      })
      expect(touched).toEqual([])
    }
    const list = columns.map((c) => `"${c}"`).join(', ')
    const [row] = await owner.unsafe(
      `select to_jsonb(t) as row from ${name} t where ${key} = '${theirs.desk.id}' limit 1`,
    )
    const forged = ours.desk.run((tx) =>
      tx.execute(sql`insert into ${sql.raw(name)} (${sql.raw(list)}) overriding system value
        select ${sql.raw(list)} from jsonb_populate_record(null::${sql.raw(name)}, ${JSON.stringify(row!.row)}::jsonb)`),
    )
    expect(await forged.then(() => 'inserted', sqlState)).toBe('42501')
    expect(await fingerprint(theirs.desk.id)).toBe(before)
  })

  it.each(TABLES)('shows no row of $name to a transaction without a workspace', async (table) => {
    const [row] = await rows<{ n: number }>(store.across, sql.raw(`select count(*)::int as n from ${table.name}`))
    expect(row!.n).toBe(0)
  })

  it('does not lend a transaction the workspace of the one before it', async () => {
    await ours.desk.run((tx) => tx.execute(sql`select`))
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const [row] = await rows<{ id: string | null }>(store.across, sql`select tidings_workspace() as id`)
        expect(row!.id).toBeNull()
      }),
    )
  })

  it('stays the application’s role though DATABASE_URL names a superuser, also after reset role', async () => {
    const roles = sql`select current_user as role, session_user as login,
      (select rolsuper from pg_roles where rolname = session_user) as super`
    const expected = { role: 'tidings_app', login: new URL(url).username, super: true }
    expect(await ours.desk.one(roles)).toEqual(expected)
    await ours.desk.run(async (tx) => {
      await tx.execute(sql`reset role`)
      expect(await rows(tx, roles)).toEqual([expected])
      expect(await rows(tx, sql`select from orders where workspace_id = ${theirs.desk.id}`)).toEqual([])
    })
    const create = ours.desk.run((tx) => tx.execute(sql`create table x ()`))
    expect(await create.then(() => 'created', sqlState)).toBe('42501')
  })
})

describe('every verb of the store', () => {
  it('is in the table of cases below', () => {
    const folder = new URL('../../db/', import.meta.url)
    const verb =
      /^export (?:async )?(?:function|const) (\w+)(?: = (?:async )?)?(?:<\w+>)?\(\s*(?:tx|store): (?:Tx|Store)\b/gm
    const exported = readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...readFileSync(new URL(file, folder), 'utf8').matchAll(verb)].map((m) => m[1]!))
    expect(exported.length).toBeGreaterThan(50)
    expect(exported.sort()).toEqual([...Object.keys(VERBS), ...ISOLATED].sort())
  })

  it.each(Object.entries(VERBS))('%s changes nothing of another workspace and tells nothing of it', async (_, use) => {
    const before = await fingerprint(theirs.desk.id)
    const told = JSON.stringify((await use(ours, theirs).catch((error) => String(error))) ?? null)
    expect(await fingerprint(theirs.desk.id)).toBe(before)
    for (const secret of theirs.secrets) expect(told).not.toContain(secret)
  })
})

describe('the catalogue', () => {
  it('forces row-level security on every table with a workspace, with a policy for the application', async () => {
    const found = await owner`
      select c.relname as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and (c.relname = 'workspaces'
        or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped))
      and c.relrowsecurity and c.relforcerowsecurity
      and exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd = '*'
        and 'tidings_app'::regrole = any(p.polroles)
        and pg_get_expr(p.polqual, c.oid) like '%tidings_workspace()%'
        and pg_get_expr(p.polwithcheck, c.oid) like '%tidings_workspace()%')
      and not exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive
        and (0 = any(p.polroles) or 'tidings_app'::regrole = any(p.polroles)) and p.polname <> 'own_workspace')
      order by 1`
    expect(found.map((f) => f.name)).toEqual(TABLES.map((t) => t.name))
  })

  // open: sms_messages holds its channel by id alone
  it('joins tables by foreign keys that hold the workspace, so that no row can point into another', async () => {
    const found = await owner`
      select f.conrelid::regclass || ' -> ' || f.confrelid::regclass as key from pg_constraint f
      where f.contype = 'f' and f.confrelid::regclass::text not in ('workspaces', 'status_groups')
      and not exists (select from pg_attribute a
        where a.attrelid = f.conrelid and a.attnum = any(f.conkey) and a.attname = 'workspace_id')`
    expect(found.map((f) => f.key)).toEqual([])
  })

  it('has neither the application nor the crossings own anything that passes by the policies', async () => {
    const found = await owner`
      select rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles
      where rolname like 'tidings_%' order by 1`
    const harmless = {
      rolcanlogin: false,
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
    }
    expect(found.map((f) => ({ ...f }))).toEqual([
      { rolname: 'tidings_app', ...harmless },
      { rolname: 'tidings_system', ...harmless },
    ])
    const owned = await owner`
      select relname from pg_class where relowner in ('tidings_app'::regrole, 'tidings_system'::regrole)`
    expect(owned.map((o) => o.relname)).toEqual([])
  })

  it('has every crossing owned by tidings_system, closed to the public, with a search path of its own', async () => {
    const found = await owner`
      select p.proname as name, pg_get_userbyid(p.proowner) as owner, p.proconfig as config,
        has_function_privilege('tidings_app', p.oid, 'execute') as app,
        exists (select from aclexplode(p.proacl) a where a.grantee = 0) as public
      from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef`
    expect(found.length).toBeGreaterThan(10)
    for (const { name, ...rest } of found) {
      expect({ name, ...rest }).toEqual({
        name,
        owner: 'tidings_system',
        config: expect.arrayContaining(['search_path=pg_catalog, public, pg_temp']),
        app: true,
        public: false,
      })
    }
  })
})
