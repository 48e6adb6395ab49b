import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { listChannels, setKannel, useChannel } from '../../db/channels.ts'
import { queueTexts } from '../../db/messages.ts'
import type { KannelWish } from '../../db/model/channel.ts'
import { type Desk, freshStore, makeDesk, refusalOf, unique } from '../factories.ts'

const { store } = await freshStore()
const KANNEL = { url: 'http://127.0.0.1:13013/cgi-bin/sendsms', username: 'tidings', password: 'secret', from: 'Shop' }

const set = (desk: Desk, wish: KannelWish = KANNEL) => desk.run((tx) => setKannel(tx, wish, desk.nowMs))
const use = (desk: Desk, kind: 'sandbox' | 'kannel') => desk.run((tx) => useChannel(tx, kind))
const list = (desk: Desk) => desk.run(listChannels)
const inUse = async (desk: Desk) => (await list(desk)).filter((c) => c.inUse).map((c) => c.kind)
const stored = (desk: Desk) =>
  desk.one<{ token: string; settings: object }>(sql`select token, settings from channels where kind = 'kannel'`)

describe('channels of a workspace', () => {
  it('are the sandbox, in use, and Kannel, not connected', async () => {
    const desk = await makeDesk(store)
    expect(await list(desk)).toEqual([
      { kind: 'sandbox', ready: true, inUse: true, settings: null, token: expect.stringMatching(/^[\w-]{32}$/) },
      { kind: 'kannel', ready: false, inUse: false, settings: null, token: null },
    ])
  })

  it('never tell the password, only that there is one', async () => {
    const desk = await makeDesk(store)
    await set(desk)
    const { password: _, ...shown } = KANNEL
    expect((await list(desk))[1]).toMatchObject({ ready: true, settings: { ...shown, passwordSet: true } })
    expect(JSON.stringify(await list(desk))).not.toContain('secret')
  })
})

describe('Kannel', () => {
  it('is changed in place: a password that is not given and the secret path stay', async () => {
    const desk = await makeDesk(store)
    await set(desk)
    const { token } = await stored(desk)
    const { password: _, ...rest } = KANNEL
    await set(desk, { ...rest, from: 'Other' })
    expect(await stored(desk)).toEqual({ token, settings: { ...KANNEL, from: 'Other' } })
    await set(desk, { ...KANNEL, password: 'changed' })
    expect(await stored(desk)).toEqual({ token, settings: { ...KANNEL, password: 'changed' } })
  })

  it('tells a stored password to no other server: it has to be given again', async () => {
    const desk = await makeDesk(store)
    await set(desk)
    const { password: _, ...rest } = KANNEL
    for (const url of ['http://127.0.0.1:13014/cgi-bin/sendsms', 'https://127.0.0.1:13013/', 'http://evil.example/'])
      expect(await refusalOf(set(desk, { ...rest, url })), url).toBe('channel_invalid')
    expect((await stored(desk)).settings).toEqual(KANNEL)
    const moved = { ...rest, url: 'http://127.0.0.1:13013/sendsms' }
    await set(desk, moved)
    expect((await stored(desk)).settings).toEqual({ ...moved, password: KANNEL.password })
    await set(desk, { ...KANNEL, url: 'http://other.example/' })
    expect((await stored(desk)).settings).toMatchObject({ url: 'http://other.example/' })
  })

  it('is refused without a password the first time, and with settings that are not right', async () => {
    const desk = await makeDesk(store)
    const { password: _, ...rest } = KANNEL
    expect(await refusalOf(set(desk, rest))).toBe('channel_invalid')
    expect(await refusalOf(set(desk, { ...KANNEL, url: 'nowhere' }))).toBe('channel_invalid')
    expect((await list(desk))[1]).toMatchObject({ ready: false })
  })
})

describe('the channel in use', () => {
  it('is exactly one, and only one that is connected', async () => {
    const desk = await makeDesk(store)
    expect(await refusalOf(use(desk, 'kannel'))).toBe('channel_not_ready')
    expect(await inUse(desk)).toEqual(['sandbox'])
    await set(desk)
    expect(await inUse(desk)).toEqual(['sandbox'])
    for (const kind of ['kannel', 'kannel', 'sandbox', 'kannel'] as const) {
      await use(desk, kind)
      expect(await inUse(desk)).toEqual([kind])
    }
  })

  it('stays one when many choose at once', async () => {
    const desk = await makeDesk(store)
    await set(desk)
    await Promise.all(Array.from({ length: 20 }, (_, i) => use(desk, i % 2 ? 'kannel' : 'sandbox')))
    expect(await inUse(desk)).toHaveLength(1)
  })

  it('takes new texts; those that are queued leave by the one they were queued for', async () => {
    const desk = await makeDesk(store)
    await set(desk)
    const queueOne = async () => {
      const { id } = await desk.order()
      const wish = { dedupeKey: unique('key'), orderId: id, template: 'Hi', priority: 2 }
      await desk.run((tx) => queueTexts(tx, [wish], desk.nowMs))
      desk.pass(1)
    }
    await queueOne()
    await use(desk, 'kannel')
    await queueOne()
    const kinds = await desk.query<{ kind: string }>(
      sql`select kind from sms_messages m join channels c on c.id = m.channel_id order by m.queued_at`,
    )
    expect(kinds.map((k) => k.kind)).toEqual(['sandbox', 'kannel'])
  })
})
