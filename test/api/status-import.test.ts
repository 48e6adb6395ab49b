import { describe, expect, it } from 'vitest'
import { addWorkspace, openApi } from './client.ts'

const { app, store } = await openApi()
const PATH = '/v1/statuses/import'
const CSV = { 'content-type': 'text/csv' }

async function aShop() {
  const { call } = await addWorkspace(store, app)
  const codes = async (): Promise<string[]> =>
    (await call('GET', '/v1/statuses')).body.statuses.map((s: { code: string }) => s.code)
  return { call, codes }
}
const LIST =
  'Тип;Назва;Код;Група\nзамовлення;Узгоджено;;Погодження\nдоставка;В дорозі;in-transit;в дорозі\nоплата;Рахунок;;рахунок виставлено'

describe('importing statuses', () => {
  it('S1-04 adds those of each type behind what is there in their groups, in the order of the list', async () => {
    const { call, codes } = await aShop()
    const before = await codes()
    const { status, body } = await call('POST', PATH, LIST, CSV)
    expect([status, body.added, body.left, body.invalid]).toEqual([200, 3, 0, 0])
    expect((await codes()).filter((code) => !before.includes(code))).toEqual(['uzgodzheno', 'in-transit', 'rakhunok'])
    const { statuses } = (await call('GET', '/v1/statuses')).body
    const inProcessing = statuses.filter((s: { group: string }) => s.group === 'processing')
    expect(inProcessing.at(-1)).toMatchObject({
      name: 'Узгоджено',
      group: 'processing',
      isLocked: false,
      isInitial: false,
    })
    const own = { type: 'delivery', name: 'В дорозі', kind: 'shipped', includeInAnalytics: true, timeout: null }
    expect(statuses).toContainEqual(expect.objectContaining(own))
  })

  it('tells beforehand what would become of every row, and adds nothing', async () => {
    const { call, codes } = await aShop()
    const before = await codes()
    const list = 'name,code,group\nAccepted,accepted,accepted\nNew one,,whatever\nOther,,sent'
    const { body } = await call('POST', `${PATH}?dryRun=true`, list, CSV)
    expect([body.added, body.left, body.invalid]).toEqual([1, 1, 1])
    expect(body.rows[0]).toMatchObject({ line: 2, outcome: 'left', reason: 'exists', problem: null })
    expect(body.rows[1]).toMatchObject({ line: 3, outcome: 'invalid', word: 'whatever', meaning: null })
    expect(body.rows[2]).toMatchObject({ line: 4, outcome: 'added', code: 'other', meaning: 'sent' })
    expect(await codes()).toEqual(before)
  })

  it('adds all or nothing where a row cannot be read, unless told otherwise, and says which', async () => {
    const { call, codes } = await aShop()
    const before = await codes()
    const list = 'name,code,group\nOne,one,sent\nTwo,a b,sent\nThree,three,who knows'
    const refused = await call('POST', PATH, list, CSV)
    expect(refused).toMatchObject({ status: 422, body: { code: 'import_invalid' } })
    expect(refused.body.errors.map((e: { field: string }) => e.field)).toEqual(['line/3/code', 'line/4/group'])
    expect(await codes()).toEqual(before)
    expect((await call('POST', `${PATH}?partly=true`, list, CSV)).body).toMatchObject({ added: 1, invalid: 2 })
    expect(await codes()).toContain('one')
  })

  it('takes what the words mean along with the list, as JSON or as the text of a file', async () => {
    const { call } = await aShop()
    const list = [{ name: 'Нема ТТН', alias: 'nema_ttn', group_name: 'Логістика' }]
    for (const sent of [list, JSON.stringify(list), 'name,code,group\nНема ТТН,nema_ttn,Логістика']) {
      const { body } = await call('POST', `${PATH}?dryRun=true`, {
        list: sent,
        groups: { general: { Логістика: 'sent' } },
      })
      expect(body.rows[0]).toMatchObject({ code: 'nema_ttn', meaning: 'sent', outcome: 'added' })
    }
    const { body } = await call('POST', `${PATH}?type=payment`, [{ name: 'Сплачено' }])
    expect(body.rows[0]).toMatchObject({ type: 'payment', code: 'splacheno', meaning: 'paid', outcome: 'added' })
  })

  it('twice changes nothing the second time', async () => {
    const { call, codes } = await aShop()
    await call('POST', PATH, LIST, CSV)
    const once = await codes()
    expect((await call('POST', PATH, LIST, CSV)).body).toMatchObject({ added: 0, left: 3 })
    expect(await codes()).toEqual(once)
  })

  it('of one list from two sides at once adds each status once', async () => {
    const { call, codes } = await aShop()
    const before = (await codes()).length
    const answers = await Promise.all([call('POST', PATH, LIST, CSV), call('POST', PATH, LIST, CSV)])
    expect(answers.map((a) => a.status).filter((status) => status !== 200 && status !== 409)).toEqual([])
    expect(await codes()).toHaveLength(before + 3)
  })

  it('S1-01 is possible while Orders are off', async () => {
    const off = await addWorkspace(store, app, null)
    expect((await off.call('POST', PATH, LIST, CSV)).body.added).toBe(3)
  })

  it.each([
    ['what is no list', { deliveryTypes: {} }, {}, 422, 'import_invalid'],
    ['nothing', '', CSV, 422, 'invalid_request'],
    ['a line of names alone', 'name', CSV, 422, 'import_invalid'],
    ['a meaning that is none', { list: 'name\nx', groups: { general: { x: 'colour' } } }, {}, 422, 'invalid_request'],
    ['a list that is a number', { list: 7 }, {}, 422, 'invalid_request'],
    ['bytes of another alphabet', new Uint8Array([0x6e, 0xcf, 0xf0]), CSV, 400, 'invalid_json'],
    ['another type of text', 'name\nx', { 'content-type': 'text/plain' }, 415, 'wrong_content_type'],
  ])('refuses %s', async (_, body, headers, status, code) => {
    const { call } = await aShop()
    const answer = await call('POST', PATH, body, headers as Record<string, string>)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  it('keeps no more of a type than can be put in order, and says so', async () => {
    const { call, codes } = await aShop()
    const before = await codes()
    const list = Array.from({ length: 1_000 }, (_, n) => ({ name: `Status ${n}`, group: 'sent' }))
    const { status, body } = await call('POST', PATH, list)
    expect([status, body.code, body.errors[0].field]).toEqual([422, 'too_many_statuses', 'type'])
    expect(await codes()).toEqual(before)
  })

  it('leaves out the lines that are not wanted', async () => {
    const { call, codes } = await aShop()
    const list = 'name,code,group\nOne,one,sent\nTwo,two,who knows'
    expect((await call('POST', PATH, { list, except: [3] })).body).toMatchObject({ added: 1, left: 1, invalid: 0 })
    expect(await codes()).toContain('one')
  })

  it.each(['a\\u0000b', 'a\\ud800b'])(
    'answers a text within a text that cannot be stored, %s, by its line',
    async (name) => {
      const { call } = await aShop()
      const { status, body } = await call('POST', PATH, { list: `[{"name":"${name}","code":"ab","group":"sent"}]` })
      expect([status, body.errors[0].field]).toEqual([422, 'line/1/name'])
    },
  )

  it('takes CSV there alone', async () => {
    const { call } = await aShop()
    expect((await call('POST', '/v1/statuses', 'name\nx', CSV)).body.code).toBe('wrong_content_type')
  })
})
