import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { addSignInLink, endSession, findSession, signIn } from '../../db/sessions.ts'
import { DAY, type Desk, freshStore, HOUR, makeDesk, NOON } from '../factories.ts'

const { store, url } = await freshStore()
const owner = postgres(url, { max: 1, onnotice: () => {} })
afterAll(() => owner.end())
const desk = await makeDesk(store)
const linkAt = (nowMs: number, of: Desk = desk) => of.run((tx) => addSignInLink(tx, nowMs))

describe('a link to sign in', () => {
  it('begins a session in its own workspace, and works once', async () => {
    const other = await makeDesk(store)
    const link = await linkAt(NOON, other)
    const secret = await signIn(store, link, NOON)
    expect(await findSession(store, secret!, NOON)).toEqual({
      workspaceId: other.id,
      sessionId: (await other.one<{ id: string }>(sql`select id from sessions`)).id,
    })
    expect(await signIn(store, link, NOON)).toBeNull()
    expect(await other.query(sql`select from sessions`)).toHaveLength(1)
  })

  it('begins one session, however many browsers open it at once', async () => {
    const link = await linkAt(NOON)
    const secrets = await Promise.all(Array.from({ length: 6 }, () => signIn(store, link, NOON)))
    expect(secrets.filter((s) => s !== null)).toHaveLength(1)
  })

  it('works for a day and not longer', async () => {
    const [timely, late] = [await linkAt(NOON), await linkAt(NOON)]
    expect(await signIn(store, timely, NOON + DAY - 1)).not.toBeNull()
    expect(await signIn(store, late, NOON + DAY)).toBeNull()
  })

  it('is not spent where its session could not be kept', async () => {
    const other = await makeDesk(store)
    const link = await linkAt(NOON, other)
    await owner`create function refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$`
    await owner`create trigger refuse before insert on sessions for each statement execute function refuse()`
    await expect(signIn(store, link, NOON)).rejects.toThrow()
    await owner`drop trigger refuse on sessions`
    expect(await signIn(store, link, NOON)).not.toBeNull()
  })

  it('is null for anything that no link was', async () => {
    for (const wrong of ['', 'x', 'x'.repeat(43), `${await linkAt(NOON)}0`, "' or true --", 'ї'.repeat(43)])
      expect(await signIn(store, wrong, NOON)).toBeNull()
  })

  it('is forgotten once it is over', async () => {
    const other = await makeDesk(store)
    await linkAt(NOON, other)
    await linkAt(NOON + DAY, other)
    expect(await other.query(sql`select from sign_in_links`)).toHaveLength(1)
  })
})

describe('a session', () => {
  const begin = async (of = desk, nowMs = NOON) => (await signIn(store, await linkAt(nowMs, of), nowMs))!

  it('lasts thirty days', async () => {
    const secret = await begin()
    expect(await findSession(store, secret, NOON + 30 * DAY - 1)).not.toBeNull()
    expect(await findSession(store, secret, NOON + 30 * DAY)).toBeNull()
  })

  it('ends at once when its browser signs out, and no other with it', async () => {
    const [secret, other] = [await begin(), await begin()]
    const { sessionId } = (await findSession(store, secret, NOON))!
    await desk.run((tx) => endSession(tx, sessionId, NOON + HOUR))
    expect(await findSession(store, secret, NOON)).toBeNull()
    expect(await findSession(store, other, NOON)).not.toBeNull()
  })

  it('is not what its link was: neither opens the door of the other', async () => {
    const link = await linkAt(NOON)
    expect(await findSession(store, link, NOON)).toBeNull()
    expect(await signIn(store, await begin(), NOON)).toBeNull()
  })

  it('and its link are kept as a hash alone', async () => {
    const other = await makeDesk(store)
    const link = await linkAt(NOON, other)
    const secret = await signIn(store, link, NOON)
    const kept = JSON.stringify([
      await other.query(sql`select * from sessions`),
      await other.query(sql`select * from sign_in_links`),
    ])
    expect(kept).not.toContain(link)
    expect(kept).not.toContain(secret)
    expect(kept.match(/"hash":"[0-9a-f]{64}"/g)).toHaveLength(2)
  })

  it('that is over is forgotten when the next begins', async () => {
    const other = await makeDesk(store)
    await begin(other)
    await begin(other, NOON + 31 * DAY)
    expect(await other.query(sql`select from sessions`)).toHaveLength(1)
  })
})
