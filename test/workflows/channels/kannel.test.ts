import { once } from 'node:events'
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../../api/app.ts'
import { formatApiKey } from '../../../db/api-keys.ts'
import { freePort } from '../../../db/daemon.ts'
import { queueTexts } from '../../../db/messages.ts'
import { kannelChannel } from '../../../workflows/channels/kannel.ts'
import { type Desk, makeDesk, unique, uniquePhone } from '../../factories.ts'
import { until } from '../../stack/until.ts'
import { startWorld, type World } from '../world.ts'
import { type Kannel, makeKannel, REFUSED_PREFIX } from './start-kannel.ts'

/** 103 letters, so two parts. */
const TWO_PARTS =
  'Ваше замовлення № 1 в дорозі. Його буде доставлено завтра зранку, чекайте, будь ласка, дзвінка кур’єра.'

let world: World
let desk: Desk
let kannel: Kannel
let replyUrl: string
let api: Server | undefined
let apiUrl: string

beforeAll(async () => {
  kannel = await makeKannel()
  apiUrl = `http://127.0.0.1:${await freePort()}`
  world = await startWorld({ relaying: false, apiUrl, channels: [kannelChannel()] })
  api = createAdaptorServer({ fetch: createApp({ store: world.store }).fetch }) as Server
  await openApi()
  desk = await makeDesk(world.store)
  await call('PUT', '/v1/channels/kannel', kannel.settings)
  replyUrl = (await call('POST', '/v1/channels/kannel/use')).channels[1]!.replyUrl
  await kannel.start(replyUrl)
  await world.reconcile(Date.now())
})
afterAll(async () => {
  await kannel?.end()
  if (api) await closeApi()
  await world?.end()
})

const openApi = () => once(api!.listen(Number(new URL(apiUrl).port), '127.0.0.1'), 'listening')
const closeApi = async () => {
  api!.closeAllConnections()
  await new Promise((resolve) => api!.close(resolve))
}

async function call(method: string, path: string, body?: object): Promise<{ channels: { replyUrl: string }[] }> {
  const answer = await fetch(apiUrl + path, {
    method,
    headers: { authorization: `Bearer ${formatApiKey(desk.key)}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return answer.json() as Promise<{ channels: { replyUrl: string }[] }>
}

/** Something wants a text sent; answers its dedupe key. */
async function want(phone: string, template: string): Promise<string> {
  const { id } = await desk.order({ customer: { name: 'Olha', phone } })
  const dedupeKey = unique('key')
  await desk.run((tx) => queueTexts(tx, [{ dedupeKey, orderId: id, template, priority: 2 }], Date.now()))
  return dedupeKey
}

interface Row {
  state: string
  reason: string | null
  attempts: number
}
const rowOf = (key: string) =>
  desk.one<Row>(sql`select state, reason, attempts from sms_messages where dedupe_key = ${key}`)
const comesTo = (key: string, state: string) => until(async () => (await rowOf(key)).state === state)
const textsOf = (phone: string) => kannel.texts().filter((text) => text.to === phone)

describe('a text by a real Kannel', () => {
  it('of two parts in Cyrillic comes to the phone as it was written, and is delivered once Kannel says so', async () => {
    const phone = uniquePhone()
    const key = await want(phone, TWO_PARTS)
    await comesTo(key, 'delivered')
    await until(() => textsOf(phone).length > 0)
    expect(textsOf(phone)).toEqual([{ from: 'Shop', to: phone, text: TWO_PARTS, parts: 2 }])
  })

  it('in the alphabet of GSM comes as it was written, in as few parts', async () => {
    const phone = uniquePhone()
    const text = `Hi [Olha] {€} @ £ñÇΩ ^~|\\ ${'x'.repeat(120)}`
    await comesTo(await want(phone, text), 'delivered')
    await until(() => textsOf(phone).length > 0)
    expect(textsOf(phone)).toEqual([{ from: 'Shop', to: phone, text, parts: 1 }])
  })

  it('to a number without a way fails with a reason, and others go on', async () => {
    const refused = await want(`${REFUSED_PREFIX}000001`, 'Hi')
    await comesTo(refused, 'failed')
    expect((await rowOf(refused)).reason).toBe('Kannel has no way to this number')
    await comesTo(await want(uniquePhone(), 'Hi'), 'delivered')
  })

  it.each(['STOP please', 'Стоп, дякую'])('is suppressed after the phone said “%s”', async (word) => {
    const phone = uniquePhone()
    await comesTo(await want(phone, 'Hi'), 'delivered')
    kannel.say(phone.slice(1), word)
    const replies = () => desk.query<{ text: string }>(sql`select text from replies where phone = ${phone}`)
    await until(async () => (await replies()).length > 0)
    expect(await replies()).toEqual([{ text: word }])
    expect(await rowOf(await want(phone, 'Hi again'))).toMatchObject({ state: 'suppressed', reason: 'opted_out' })
    // the phone hears nothing back
    await comesTo(await want(uniquePhone(), 'Hi'), 'delivered')
    expect(textsOf(phone).concat(textsOf(phone.slice(1)))).toHaveLength(1)
  })

  it('waits while the password is wrong, and leaves once it is right', async () => {
    await call('PUT', '/v1/channels/kannel', { ...kannel.settings, password: 'wrong' })
    const key = await want(uniquePhone(), 'Hi')
    await until(async () => (await rowOf(key)).attempts > 0 && (await rowOf(key)).state === 'queued')
    await call('PUT', '/v1/channels/kannel', kannel.settings)
    await comesTo(key, 'delivered')
  })
})

describe('outages', () => {
  it('of Kannel let texts wait, and once it is back they leave, none twice', async () => {
    await kannel.kill()
    const phones = Array.from({ length: 8 }, uniquePhone)
    const keys: string[] = []
    for (const phone of phones) keys.push(await want(phone, 'Hi'))
    await until(async () => (await rowOf(keys[0]!)).attempts > 0)
    for (const key of keys) expect((await rowOf(key)).state).not.toBe('unknown')
    await kannel.start(replyUrl)
    for (const key of keys) await comesTo(key, 'delivered')
    await until(() => phones.every((phone) => textsOf(phone).length > 0))
    expect(phones.map((phone) => textsOf(phone).length)).toEqual(phones.map(() => 1))
  })

  it('of the API lose no receipt: Kannel tells it again', async () => {
    await closeApi()
    const key = await want(uniquePhone(), 'Hi')
    await comesTo(key, 'sent')
    await openApi()
    await comesTo(key, 'delivered')
  })
})
