import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import {
  addKey,
  authenticate,
  formatApiKey,
  newApiKey,
  parseApiKey,
  refuseOthersThanOperators,
} from '../../db/api-keys.ts'
import { publishCampaign } from '../../db/campaigns.ts'
import { PRESETS } from '../../db/model/preset.ts'
import { AXES } from '../../db/model/status.ts'
import { findChannel, recordReply } from '../../db/replies.ts'
import { viewStatuses } from '../../db/status-views.ts'
import { getOpenWorkspace, getWorkspace, listWorkspaces, switchOrders, viewWorkspace } from '../../db/workspaces.ts'
import { freshStore, makeDesk, refusalOf, uniquePhone } from '../factories.ts'

const { store } = await freshStore()

describe('a new workspace', () => {
  it('S0-02 has what its preset brings: built in, one initial status a type, Processing locked', async () => {
    const desk = await makeDesk(store)
    const list = await desk.run(viewStatuses)
    for (const axis of AXES) {
      const own = list.filter((s) => s.type === axis)
      expect(own.map((s) => s.code)).toEqual(PRESETS['call-centre'][axis].map((s) => s.code))
      expect(own.filter((s) => s.isInitial).map((s) => s.code)).toEqual([own[0]!.code])
    }
    expect(list.filter((s) => s.isLocked).map((s) => s.code)).toEqual(['processing'])
    expect(await desk.query(sql`select distinct origin from order_statuses`)).toEqual([{ origin: 'built_in' }])
    expect((await listWorkspaces(store)).map((w) => w.id)).toContain(desk.id)
  })

  it('S1-01, S1-02 has its Orders block off until an operator switches it on, who is remembered', async () => {
    const desk = await makeDesk(store, { ordersEnabledBy: null })
    expect(await refusalOf(desk.run(getOpenWorkspace))).toBe('orders_disabled')
    const told = async () => {
      const { enabledAt, enabledBy, disabledAt, disabledBy } = await desk.run(viewWorkspace)
      return [enabledAt, enabledBy, disabledAt, disabledBy]
    }
    expect(await told()).toEqual([null, null, null, null])
    await desk.run((tx) => switchOrders(tx, true, 'operator', desk.nowMs))
    await desk.run((tx) => switchOrders(tx, true, 'another', desk.nowMs + 1))
    expect(await desk.run(getOpenWorkspace)).toMatchObject({ id: desk.id, ordersEnabled: true })
    expect(await told()).toEqual([new Date(desk.nowMs).toISOString(), 'operator', null, null])
    await desk.run((tx) => switchOrders(tx, false, desk.key.id, desk.nowMs + 2))
    expect(await refusalOf(desk.run(getOpenWorkspace))).toBe('orders_disabled')
    expect(await told()).toEqual([null, null, new Date(desk.nowMs + 2).toISOString(), 'first'])
  })

  it('C14, C15 of the preset loyalty has its statuses and an example of a campaign as a draft', async () => {
    const desk = await makeDesk(store, { preset: 'loyalty', ordersEnabledBy: null })
    const list = await desk.run(viewStatuses)
    for (const axis of AXES)
      expect(list.filter((s) => s.type === axis).map((s) => s.name)).toEqual(PRESETS.loyalty[axis].map((s) => s.name))
    expect(list.filter((s) => s.isLocked || s.timeout || s.autoSms)).toEqual([])
    expect(await desk.query(sql`select name, state from campaigns`)).toEqual([
      { name: 'Tell the customer when the order is shipped', state: 'draft' },
    ])
  })

  it('S1-17 of the preset loyalty sends a text once its example is published and an order is shipped', async () => {
    const desk = await makeDesk(store, { preset: 'loyalty', ordersEnabledBy: 'operator' })
    const { id } = await desk.one<{ id: string }>(sql`select id from campaigns`)
    await desk.run((tx) => publishCampaign(tx, id, 'x', desk.nowMs))
    const order = await desk.order({ customer: { name: 'Ann Lee', phone: uniquePhone() }, status: 'accepted' })
    await desk.carry()
    expect(await desk.query(sql`select from sms_messages`)).toEqual([])
    desk.pass(1000)
    await desk.move(order, 'shipped', { axis: 'delivery' })
    await desk.carry()
    const [sent] = await desk.query<{ text: string }>(sql`select text from sms_messages`)
    expect(sent!.text).toContain(`Hi Ann, your order ${order.number} is on its way.`)
  })

  it('is not seen from a transaction of a workspace that does not exist', async () => {
    await expect(store.inWorkspace('00000000-0000-7000-8000-000000000000', getWorkspace)).rejects.toThrow(
      'does not exist',
    )
  })
})

describe('keys', () => {
  it('open the workspace they were made for, and no other', async () => {
    const [desk, other] = [await makeDesk(store), await makeDesk(store)]
    expect(await authenticate(store, desk.key)).toEqual({ workspaceId: desk.id, keyId: desk.key.id })
    expect(await authenticate(store, { ...desk.key, secret: other.key.secret })).toBeNull()
    expect(await authenticate(store, newApiKey())).toBeNull()
  })

  it('that were revoked open nothing', async () => {
    const desk = await makeDesk(store)
    await desk.query(sql`update api_keys set revoked_at = now()`)
    expect(await authenticate(store, desk.key)).toBeNull()
  })

  it('S1-02 of the operator role pass where others do not, nor anybody else', async () => {
    const [desk, other] = [await makeDesk(store), await makeDesk(store)]
    const key = newApiKey()
    await desk.run((tx) => addKey(tx, { name: 'Support', role: 'operator' }, key, desk.nowMs))
    const tries = (actor: { kind: 'key' | 'person'; id: string }, at = desk) =>
      refusalOf(at.run((tx) => refuseOthersThanOperators(tx, actor)))
    expect(await tries({ kind: 'key', id: key.id })).toBe('nothing was refused')
    expect(await tries({ kind: 'key', id: desk.key.id })).toBe('operator_required')
    expect(await tries({ kind: 'person', id: key.id })).toBe('operator_required')
    expect(await tries({ kind: 'key', id: key.id }, other)).toBe('operator_required')
    await desk.query(sql`update api_keys set revoked_at = now()`)
    expect(await tries({ kind: 'key', id: key.id })).toBe('operator_required')
  })

  it('are kept as a hash alone', async () => {
    const desk = await makeDesk(store)
    const kept = JSON.stringify(await desk.query(sql`select * from api_keys`))
    expect(kept).not.toContain(desk.key.secret)
  })

  it('are read back as they are written, and nothing else is read as one', () => {
    const key = newApiKey()
    const text = formatApiKey(key)
    expect(parseApiKey(` ${text}\n`)).toEqual(key)
    for (const wrong of ['', 'td_', text.slice(0, -1), `${text}0`, text.toUpperCase(), text.replace('td_', 'xx_')])
      expect(parseApiKey(wrong)).toBeNull()
  })
})

describe('replies', () => {
  it('stop and resume the texts to a number once each, however often the gateway repeats them', async () => {
    const desk = await makeDesk(store)
    const { token } = await desk.one<{ token: string }>(sql`select token from channels`)
    const channel = (await findChannel(store, token))!
    expect(channel).toMatchObject({ workspaceId: desk.id, kind: 'sandbox' })
    expect(await findChannel(store, 'wrong')).toBeUndefined()
    const phone = uniquePhone()
    const say = (id: string, text: string) =>
      desk.run((tx) => recordReply(tx, channel.id, { id, phone, text }, desk.nowMs))
    const isOut = async () => (await desk.query(sql`select from opt_outs where phone = ${phone}`)).length === 1
    const heard: boolean[] = []
    for (const [id, text] of [
      ['1', 'STOP'],
      ['2', 'Stop!'],
      ['3', 'Stopping by later?'],
      ['4', 'Старт'],
      ['1', 'STOP'],
      ['5', 'відписка'],
    ] as const) {
      await say(id, text)
      heard.push(await isOut())
    }
    expect(heard).toEqual([true, true, true, false, false, true])
    expect(await desk.query(sql`select from replies`)).toHaveLength(5)
  })
})
