import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { phoneOf, reasonIn, textIn } from '../../../api/inbound/kannel-words.ts'
import { rows } from '../../../db/client.ts'
import { addWorkspace, ask, openApi, unique } from '../client.ts'
import { textOrders } from '../messages.ts'

const { app, store, call, workspaceId } = await openApi()
const KANNEL = { url: 'http://127.0.0.1:13013/cgi-bin/sendsms', username: 'tidings', password: 'secret', from: 'Shop' }

/** Connects Kannel and puts it to use; answers its secret path. */
async function connect(theirs: typeof call): Promise<string> {
  await theirs('PUT', '/v1/channels/kannel', KANNEL)
  const { channels } = (await theirs('POST', '/v1/channels/kannel/use')).body
  return /kannel\/([\w-]+)/.exec(channels[1].replyUrl)![1]!
}
const token = await connect(call)

const get = (kind: 'receipts' | 'replies', query: string, secret = token) =>
  ask(app, 'GET', `/v1/${kind}/kannel/${secret}?${query}`)
const receipt = (id: string, status: number, answer = '', secret = token) =>
  get('receipts', `id=${id}&status=${status}&answer=${encodeURIComponent(answer)}`, secret)
const EMPTY = { status: 200, body: '' }

/** A text that Kannel has. */
async function aSentText(phone: string): Promise<{ id: string; order: string }> {
  const [order] = await textOrders(call, store, workspaceId, [phone])
  const { id } = (await call('GET', `/v1/messages?order=${order}`)).body.messages[0]
  await store.inWorkspace(workspaceId, (tx) =>
    tx.execute(
      sql`update sms_messages set state = 'sent', sent_at = now(), holder = gen_random_uuid() where id = ${id}`,
    ),
  )
  return { id, order: order! }
}
const messageOf = async (order: string) => (await call('GET', `/v1/messages?order=${order}`)).body.messages[0]

describe('receipts of Kannel', () => {
  it('tell that a text was delivered, once, and are answered with nothing at all', async () => {
    const { id, order } = await aSentText('+380673000001')
    expect(await receipt(id, 8, 'ACK/')).toMatchObject(EMPTY)
    expect(await receipt(id, 4)).toMatchObject(EMPTY)
    expect((await messageOf(order)).state).toBe('sent')
    expect(await receipt(id, 1)).toMatchObject(EMPTY)
    expect(await receipt(id, 2)).toMatchObject(EMPTY)
    expect(await messageOf(order)).toMatchObject({ state: 'delivered', reason: null })
  })

  it.each([
    [2, '', 'undelivered'],
    [2, 'id:77 sub:001 dlvrd:000 stat:EXPIRED err:011 text:Dear Olha', 'EXPIRED, error 011'],
    [16, '', 'rejected'],
    [16, 'NACK/REJECTED', 'REJECTED'],
  ])('with status %i and “%s” tell that it was not, and why', async (status, answer, reason) => {
    const { id, order } = await aSentText(`+3806730001${10 + status + answer.length}`)
    expect(await receipt(id, status, answer)).toMatchObject(EMPTY)
    expect(await messageOf(order)).toMatchObject({ state: 'undelivered', reason })
  })

  it('of ids that are not ours, or of another workspace, change nothing', async () => {
    const { id, order } = await aSentText('+380673000003')
    const other = await connect((await addWorkspace(store, app)).call)
    expect(await receipt(id, 1, '', other)).toMatchObject(EMPTY)
    for (const stranger of ['', 'x', crypto.randomUUID()]) expect(await receipt(stranger, 1)).toMatchObject(EMPTY)
    expect((await messageOf(order)).state).toBe('sent')
  })

  it('need the right secret path: 404', async () => {
    expect((await receipt(crypto.randomUUID(), 1, '', 'wrong')).status).toBe(404)
    const [sandbox] = await store.inWorkspace(workspaceId, (tx) =>
      rows<{ token: string }>(tx, sql`select token from channels where kind = 'sandbox'`),
    )
    expect((await receipt(crypto.randomUUID(), 1, '', sandbox!.token)).status).toBe(404)
  })
})

describe('replies by Kannel', () => {
  const stateOfNext = async (phone: string) => {
    const [order] = await textOrders(call, store, workspaceId, [phone])
    return (await messageOf(order!)).state
  }
  const reply = (from: string, text: string, { id = unique('reply'), charset = 'UTF-8' } = {}) =>
    get('replies', `id=${id}&from=${encodeURIComponent(from)}&text=${text}&charset=${charset}`)

  it('STOP ends texts to the number, however it is written, and START resumes them', async () => {
    const phone = '+380673000020'
    expect(await reply('380673000020', 'STOP+please')).toMatchObject(EMPTY)
    expect(await stateOfNext(phone)).toBe('suppressed')
    expect(await reply('+380673000020', 'start')).toMatchObject(EMPTY)
    expect(await stateOfNext(phone)).toBe('queued')
    expect(await reply('0673000020', 'stop')).toMatchObject(EMPTY)
    expect(await stateOfNext(phone)).toBe('suppressed')
  })

  it('are kept as the phone wrote them, in either charset, and taken once', async () => {
    const id = unique('reply')
    const utf16 = [...Buffer.from('Стоп ✓ 😀', 'utf16le').swap16()].map((b) => `%${b.toString(16).padStart(2, '0')}`)
    for (let n = 0; n < 2; n++) await reply('380673000021', utf16.join(''), { id, charset: 'UTF-16BE' })
    await reply('380673000022', encodeURIComponent('Дякую € 👍'))
    const kept = await store.inWorkspace(workspaceId, (tx) =>
      rows<{ text: string }>(
        tx,
        sql`select text from replies where phone in ('+380673000021', '+380673000022') order by phone`,
      ),
    )
    expect(kept.map(({ text }) => text)).toEqual(['Стоп ✓ 😀', 'Дякую € 👍'])
    expect(await stateOfNext('+380673000021')).toBe('suppressed')
  })

  it('of whom nobody could text are taken and forgotten, so that Kannel does not repeat them', async () => {
    expect(await reply('Bank', 'STOP')).toMatchObject(EMPTY)
    expect(await reply('', 'STOP')).toMatchObject(EMPTY)
    expect(await reply('380673000023', '%00%D8', { charset: '8-BIT' })).toMatchObject(EMPTY)
  })

  it('need the right secret path and an id', async () => {
    expect((await get('replies', 'id=1&from=380673000024&text=x', 'wrong')).status).toBe(404)
    expect((await get('replies', 'from=380673000024&text=x')).status).toBe(422)
  })
})

describe('the words of Kannel', () => {
  it.each([
    ['+380501234567', 'UA', '+380501234567'],
    ['380501234567', 'UA', '+380501234567'],
    [' 380501234567', 'US', '+380501234567'],
    ['00380501234567', 'UA', '+380501234567'],
    ['0501234567', 'UA', '+380501234567'],
    ['380501234567', 'DE', '+380501234567'],
    ['4917612345678', 'DE', '+4917612345678'],
    ['6465550101', 'US', '+16465550101'],
    ['16465550101', 'US', '+16465550101'],
    ['6581234567', 'SG', '+6581234567'],
    ['5433', 'UA', null],
    ['Bank', 'UA', null],
    ['', 'UA', null],
  ])('the phone “%s” in %s is %s', (from, region, phone) => {
    expect(phoneOf(from, region)).toBe(phone)
  })

  it('a reason never repeats the text', () => {
    expect(reasonIn('id:1 sub:001 dlvrd:000 submit date:2611 stat:REJECTD err:042 text:Hi Ann')).toBe(
      'REJECTD, error 042',
    )
    expect(reasonIn('NACK/0x00000045/Submit failed')).toBe('0x00000045')
    expect(reasonIn('Hi Ann')).toBeUndefined()
  })

  it('a text is read from any place of the query, and none is an empty one', () => {
    expect(textIn('http://x/y?a=1&text=%D0%94%D0%B0+%2B&b=2', 'UTF-8')).toBe('Да +')
    expect(textIn('http://x/y?context=no', 'UTF-8')).toBe('')
  })
})
