import { describe, expect, it } from 'vitest'
import { addWorkspace, ask, openApi, unique } from '../client.ts'
import { textOrders } from '../messages.ts'

const { app, store, call, workspaceId } = await openApi()
const tokenOf = async (workspace: string) => {
  const [row] = await store.inWorkspace(workspace, (tx) => tx.execute<{ token: string }>('select token from channels'))
  return row!.token
}
const token = await tokenOf(workspaceId)
const at = () => new Date().toISOString()
const post = (kind: 'receipts' | 'replies', body: unknown, secret = token) =>
  ask(app, 'POST', `/v1/${kind}/sandbox/${secret}`, body)

/** A text that the gateway has. */
async function aSentText(phone: string): Promise<{ id: string; order: string }> {
  const [order] = await textOrders(call, store, workspaceId, [phone])
  const { id } = (await call('GET', `/v1/messages?order=${order}`)).body.messages[0]
  await store.inWorkspace(workspaceId, (tx) =>
    tx.execute(
      `update sms_messages set state = 'sent', sent_at = now(), holder = gen_random_uuid() where id = '${id}'`,
    ),
  )
  return { id, order: order! }
}
const messageOf = async (order: string) => (await call('GET', `/v1/messages?order=${order}`)).body.messages[0]

describe('receipts', () => {
  it('tell what became of a text, once; a later word changes nothing', async () => {
    const { id, order } = await aSentText('+380672000001')
    const receipt = { id, state: 'delivered', at: at() }
    expect(await post('receipts', { receipts: [receipt] })).toMatchObject({ status: 200, body: { taken: 1 } })
    expect(await post('receipts', { receipts: [{ ...receipt, state: 'undelivered' }] })).toMatchObject({
      body: { taken: 0 },
    })
    expect(await messageOf(order)).toMatchObject({ state: 'delivered', reason: null, finishedAt: receipt.at })
    const { timeline } = (await call('GET', `/v1/orders/${order}`)).body
    expect(timeline.at(-1)).toMatchObject({ kind: 'receipt', data: { id, state: 'delivered' } })
  })

  it('of a text that did not arrive keep the reason', async () => {
    const [a, b] = [await aSentText('+380672000002'), await aSentText('+380672000003')]
    await post('receipts', {
      receipts: [
        { id: a.id, state: 'undelivered', reason: 'phone is off', at: at() },
        { id: b.id, state: 'undelivered', at: at() },
      ],
    })
    expect([(await messageOf(a.order)).reason, (await messageOf(b.order)).reason]).toEqual([
      'phone is off',
      'undelivered',
    ])
  })

  it('of ids that are not ours are ignored', async () => {
    const strangers = ['x', '', crypto.randomUUID(), "'; drop table orders"].map((id) => ({
      id,
      state: 'delivered',
      at: at(),
    }))
    expect(await post('receipts', { receipts: strangers })).toMatchObject({ status: 200, body: { taken: 0 } })
  })

  it('of another workspace’s texts are ignored', async () => {
    const { id, order } = await aSentText('+380672000004')
    const other = await tokenOf((await addWorkspace(store, app)).workspaceId)
    expect((await post('receipts', { receipts: [{ id, state: 'delivered', at: at() }] }, other)).body.taken).toBe(0)
    expect((await messageOf(order)).state).toBe('sent')
  })

  it('need the right token: 404; and the right form: 422', async () => {
    expect(await post('receipts', { receipts: [] }, 'wrong')).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    })
    const one = { id: 'x', state: 'delivered', at: at() }
    for (const body of [
      {},
      { receipts: Array(101).fill(one) },
      { receipts: [{ ...one, state: 'lost' }] },
      { receipts: [{ ...one, at: 1 }] },
    ])
      expect((await post('receipts', body)).status).toBe(422)
    expect((await post('receipts', { receipts: Array(100).fill(one) })).status).toBe(200)
  })
})

describe('replies', () => {
  const phone = '+380672000005'
  const reply = (text: string, id = unique('reply')) => post('replies', { id, from: phone, text, at: at() })
  const stateOfNext = async () => {
    const [order] = await textOrders(call, store, workspaceId, [phone])
    return (await messageOf(order!)).state
  }

  it('STOP ends texts to the number and START resumes them, each taken once', async () => {
    const id = unique('reply')
    expect((await reply('Стоп', id)).status).toBe(204)
    expect(await stateOfNext()).toBe('suppressed')
    expect((await reply('START')).status).toBe(204)
    await reply('Стоп', id)
    expect(await stateOfNext()).toBe('queued')
  })

  it('need the right token and the right form', async () => {
    expect((await post('replies', { id: '1', from: phone, text: 'x', at: at() }, 'wrong')).status).toBe(404)
    for (const body of [{}, { id: '', from: phone, text: 'x', at: at() }, { id: '1', from: phone, text: 5, at: at() }])
      expect((await post('replies', body)).status).toBe(422)
  })
})
