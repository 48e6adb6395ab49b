import { describe, expect, it } from 'vitest'
import { IMPORT_ROWS_MAX } from '../../../db/model/limits.ts'
import { AXES, type Axis, GROUPS, MEANINGS } from '../../../db/model/status.ts'
import { planImport } from '../../../db/model/status-import.ts'
import type { ImportWish } from '../../../db/model/status-import-row.ts'
import { readStatusJson, readStatusText } from '../../../db/model/status-list.ts'
import { isSwitchedOff, MEANT, meaningMeant, typeMeant, wordKey } from '../../../db/model/status-words.ts'

const listOf = (sent: unknown) => {
  const read = typeof sent === 'string' ? readStatusText(sent) : readStatusJson(sent)
  if ('problem' in read) throw new Error(read.problem.detail)
  return read.list
}
const plan = (
  sent: unknown,
  existing: { axis: Axis; name: string; code: string }[] = [],
  groups: ImportWish['groups'] = {},
  type: Axis = 'general',
  except: number[] = [],
) => planImport(listOf(sent), existing, { groups, type, except })
const told = (rows: ReturnType<typeof plan>) =>
  rows.map((r) => [r.outcome, r.type, r.name, r.code, r.meaning, r.reason ?? r.problem?.field ?? null])

/** As KeyCRM tells them. */
const keycrm = (name: string, alias: string, group_name: string, is_active = true) => ({
  id: 4,
  name,
  alias,
  is_active,
  group_id: 2,
  group_name,
})

describe('a list of statuses', () => {
  it('S1-05 of a Ukrainian shop is read from JSON: names, codes, and their groups as ours', () => {
    const list = [
      keycrm('Нове', 'new', 'Новий'),
      keycrm('Обробка замовлення', 'obrobka_zamovlennya', 'Погодження'),
      keycrm('Пакування', 'pakuvannya', 'Виробництво'),
      keycrm('in_transit', 'in_transit', 'Доставка'),
      keycrm('Успішно', 'uspisno', 'Виконано'),
      keycrm('Дорого', 'dorogo', 'Відміна'),
      keycrm('Старий', 'staryi', 'Відміна', false),
    ]
    expect(told(plan(list))).toEqual([
      ['added', 'general', 'Нове', 'new', 'processing', null],
      ['added', 'general', 'Обробка замовлення', 'obrobka_zamovlennya', 'processing', null],
      ['added', 'general', 'Пакування', 'pakuvannya', 'accepted', null],
      ['added', 'general', 'in_transit', 'in_transit', 'sent', null],
      ['added', 'general', 'Успішно', 'uspisno', 'paid', null],
      ['added', 'general', 'Дорого', 'dorogo', 'cancelled', null],
      ['left', 'general', 'Старий', 'staryi', 'cancelled', 'inactive'],
    ])
  })

  it('S1-05 of a Russian one is read below its key, by code, with groups by their codes', () => {
    const status = (name: string, code: string, group: string) => ({ name, code, active: true, ordering: 10, group })
    const statuses = {
      new: status('Новый', 'new', 'new'),
      'client-confirmed': status('Согласовано с клиентом', 'client-confirmed', 'approval'),
      assembling: status('Комплектуется', 'assembling', 'assembling'),
      redirect: status('Доставка перенесена', 'redirect', 'delivery'),
      complete: status('Выполнен', 'complete', 'complete'),
      'no-call': status('Недозвон', 'no-call', 'cancel'),
    }
    const rows = plan({ success: true, statuses })
    expect(rows.map((r) => r.meaning)).toEqual(['processing', 'processing', 'accepted', 'sent', 'paid', 'cancelled'])
    expect(rows.map((r) => r.code)).toEqual(Object.keys(statuses))
  })

  it('S1-07 of payment tells its type by its key, and its kinds by names and codes; who cannot be told is asked for', () => {
    const paymentStatuses = {
      'not-paid': { name: 'Не оплачен', code: 'not-paid', active: true },
      pending: { name: 'Не оплачен', code: 'pending', active: true },
      invoice: { name: 'Выставлен счёт', code: 'invoice', active: true },
      paid: { name: 'Оплачен', code: 'paid', active: true },
      'credit-check': { name: 'Проверка документов на кредит', code: 'credit-check', active: true },
    }
    expect(told(plan({ paymentStatuses }))).toEqual([
      ['added', 'payment', 'Не оплачен', 'not-paid', 'unpaid', null],
      ['left', 'payment', 'Не оплачен', 'pending', 'unpaid', 'name_taken'],
      ['added', 'payment', 'Выставлен счёт', 'invoice', 'awaiting', null],
      ['added', 'payment', 'Оплачен', 'paid', 'paid', null],
      ['invalid', 'payment', 'Проверка документов на кредит', 'credit-check', null, 'group'],
    ])
    const chosen = plan({ paymentStatuses }, [], { payment: { 'Проверка документов на кредит': 'held' } }).at(-1)!
    expect([chosen.outcome, chosen.meaning]).toEqual(['added', 'held'])
  })

  it.each([
    ['English, commas', 'type,name,code,group\ndelivery,Shipped,shipped,shipped'],
    ['Ukrainian, semicolons, a byte order mark', '\ufeffТип;Назва;Код;Група\r\nДоставка;Shipped;shipped;Відправлено'],
    ['Russian, tabs', 'ТИП\tНазвание статуса\tСимвольный код\tГруппа статусов\nдоставка\tShipped\tshipped\tв пути'],
    [
      'columns in another order, and one that nobody knows',
      'colour,kind,name,axis,slug\nred,in_transit,Shipped,shipping,shipped',
    ],
  ])('S1-06 is read from CSV: %s', (_, text) => {
    expect(told(plan(text))).toEqual([['added', 'delivery', 'Shipped', 'shipped', 'shipped', null]])
  })

  it('is read from CSV that holds names alone: their type is chosen, their codes are made, their names tell the kind', () => {
    expect(told(plan('Назва\nДоставлено\nУ дорозі\nДоставлено', [], {}, 'delivery'))).toEqual([
      ['added', 'delivery', 'Доставлено', 'dostavleno', 'delivered', null],
      ['added', 'delivery', 'У дорозі', 'u-dorozi', 'shipped', null],
      ['left', 'delivery', 'Доставлено', '', 'delivered', 'repeated'],
    ])
  })

  it.each([
    ['below two keys', { data: { statuses: [{ name: 'Sent', code: 's', group: 'sent' }] } }, ['s', 'sent']],
    ['by codes that are keys', { statuses: { s: { name: 'Sent', group: 'sent' } } }, ['s', 'sent']],
    ['as names by codes', { statuses: { 'wc-completed': 'Completed' } }, ['wc-completed', 'paid']],
    ['by numbers, which are no codes', { statuses: { 1: { name: 'Sent' } } }, ['sent', 'sent']],
    ['with types of its own, which say nothing here', [{ name: 'Sent', type: 0 }], ['sent', 'sent']],
    ['with lines that hold nothing', 'name;code;group\n;;\nSent;s;sent\n ; ;', ['s', 'sent']],
    ['with the line of its separator', 'sep=;\nname;code;group\nSent;s;sent', ['s', 'sent']],
  ])('is read %s', (_, sent, told) => {
    expect(plan(sent).map((r) => [r.outcome, r.code, r.meaning])).toEqual([['added', ...told]])
  })

  it('reads back what the API tells of statuses', () => {
    const statuses = AXES.flatMap((type) =>
      MEANINGS[type].map((meaning) => ({
        type,
        name: `${type} ${meaning}`,
        code: `${type}-${meaning}`,
        group: type === 'general' ? meaning : null,
        kind: type === 'general' ? null : meaning,
        orders: 3,
      })),
    )
    const rows = plan({ statuses })
    expect(rows.map((r) => [r.outcome, r.type, r.name, r.code, r.meaning])).toEqual(
      statuses.map((s) => ['added', s.type, s.name, s.code, s.group ?? s.kind]),
    )
  })

  it.each([
    ['delivery methods', { success: true, deliveryTypes: { 2: { name: 'Курьер', code: '2' } } }, 'a list of statuses'],
    ['one order', { event: 'order.change_order_status', context: { id: 1, status_id: 1 } }, 'a list of statuses'],
    ['a number', 7, 'a list of statuses'],
    ['an empty list', [], 'no statuses'],
    ['no names of columns', 'Прийнято,accepted', 'name the columns'],
    ['nothing', '', 'name the columns'],
    ['broken JSON', '[{"name": "x",\n}]', 'line 2, column 1'],
    ['a key that every object has', { constructor: [{ name: 'x' }] }, 'a list of statuses'],
    ['another alphabet’s bytes', 'name\n\ufffd\ufffd', 'UTF-8'],
    ['a quote that never ends', 'name\n"x', 'quote'],
    ['too many', Array.from({ length: IMPORT_ROWS_MAX + 1 }, (_, i) => `s${i}`), `at most ${IMPORT_ROWS_MAX}`],
    ['too many lines', `name\n${'x\n'.repeat(IMPORT_ROWS_MAX + 1)}`, `at most ${IMPORT_ROWS_MAX}`],
  ])('is not seen in %s, which says what is expected', (_, sent, words) => {
    expect(() => listOf(sent)).toThrow(words)
  })
})

describe('a plan to import', () => {
  const existing = [{ axis: 'general' as const, name: 'Accepted', code: 'accepted' }]

  const accepted = { name: 'Accepted', code: 'accepted' }
  it.each([
    ['its name, whatever its case, and no code is told', 'general, ACCEPTED ,,sent', ['left', 'exists', null]],
    ['its name and its code', 'general,Accepted,accepted,sent', ['left', 'exists', null]],
    ['its name with another code', 'general,Accepted,other,sent', ['left', 'name_taken', accepted]],
    ['its code with another name', 'general,Other,accepted,sent', ['left', 'code_taken', accepted]],
    ['both on another type', 'payment,Accepted,accepted,paid', ['added', null, null]],
  ])('leaves out what exists, and says who has what: %s', (_, line, told) => {
    const [row] = plan(`type,name,code,group\n${line}`, existing)
    expect([row!.outcome, row!.reason, row!.takenBy]).toEqual(told)
  })

  it('knows a name again however its letters are composed', () => {
    expect(plan(['Новий', 'Новий'.normalize('NFD')]).map((r) => r.reason)).toEqual([null, 'repeated'])
  })

  it('leaves out the lines that people do not want, which then take nobody’s name', () => {
    const rows = plan('name,code,group\nTest,test,sent\nTest,test,paid', [], {}, 'general', [2])
    expect(rows.map((r) => [r.outcome, r.reason, r.meaning])).toEqual([
      ['left', 'unwanted', 'sent'],
      ['added', null, 'paid'],
    ])
  })

  it('keeps what a word means on each type apart, however it is written there', () => {
    const text = 'type,name,group\ngeneral,A,Інше\npayment,B,ІНШЕ'
    const rows = plan(text, [], { general: { інше: 'spam' }, payment: { Інше: 'held' } })
    expect(rows.map((r) => [r.meaning, r.meantBy])).toEqual([
      ['spam', 'people'],
      ['held', 'people'],
    ])
  })

  it('makes codes that nothing has: not what exists, not what the list tells further down, not one another', () => {
    const text = 'name,code,group\nSent,,sent\nSENT!,,sent\nLater,sent,sent\nПрийнято,,прийнято'
    const rows = plan(text, [{ axis: 'general', name: 'x', code: 'sent-2' }])
    expect(rows.map((r) => r.code)).toEqual(['sent-3', 'sent-4', 'sent', 'priiniato'])
  })

  it.each([
    ['name', 'name,group\n,sent', 'name'],
    ['name that is not too long', `name,group\n${'x'.repeat(81)},sent`, 'name'],
    ['code of letters', 'name,code,group\nx,a b,sent', 'code'],
    ['code where no letter of the name can be read', 'name,group\n🚚,sent', 'code'],
    ['group', 'name,group\nx,whatever', 'group'],
    ['type', 'name,group,type\nx,sent,colour\ny,sent,general', 'type'],
    ['name that can be stored', '[{"name": "a\\u0000b", "group": "sent"}]', 'name'],
    ['name of whole signs', '[{"name": "a\\ud800b", "group": "sent"}]', 'name'],
    ['group that is not too long', `name,group\nx,${'y'.repeat(201)}`, 'group'],
    ['separator in quotes', 'name,group\nSent, paid,sent', 'name'],
  ])('tells of a row without a %s what was expected, with its line', (_, text, field) => {
    const [row] = plan(text)
    expect(row).toMatchObject({
      outcome: 'invalid',
      problem: { field, detail: expect.stringMatching(/expect|mean/) },
    })
  })

  it('takes what people chose for a word before what it would mean, and nothing that does not fit the type', () => {
    expect(plan('name,group\nx,Доставка', [], { general: { Доставка: 'accepted' } })[0]!.meaning).toBe('accepted')
    expect(plan('name,group\nx,Доставка', [], { general: { Доставка: 'delivered' } })[0]!.meaning).toBe('sent')
    expect(plan('name,group\nx,constructor')[0]!.outcome).toBe('invalid')
  })
})

describe('the words of lists', () => {
  it('S0-11 name every group and kind by itself, and each word means one thing', () => {
    for (const axis of AXES)
      for (const meaning of MEANINGS[axis]) {
        expect(meaningMeant(axis, meaning)).toBe(meaning)
        expect(meaningMeant(axis, meaning.replaceAll('_', ' ').toUpperCase())).toBe(meaning)
      }
    expect(GROUPS.map((group) => meaningMeant('general', group))).toEqual([...GROUPS])
    for (const axis of AXES) {
      const all = [...MEANINGS[axis].map(wordKey), ...Object.values(MEANT[axis]).flatMap((words) => words.split(', '))]
      expect(all.filter((word, i) => all.indexOf(word) !== i || wordKey(word) !== word)).toEqual([])
    }
  })

  it('are the same whatever joins their parts, their case, and how they are written', () => {
    expect(wordKey('isActive')).toBe(wordKey('Is_Active'))
    expect(wordKey('  IN-transit ')).toBe('in transit')
    expect(wordKey('Счёт')).toBe('счет')
    expect([typeMeant('Замовлення'), typeMeant('ОПЛАТА'), typeMeant('shipping'), typeMeant('?')]).toEqual([
      'general',
      'payment',
      'delivery',
      undefined,
    ])
    expect(['false', '0', 'Ні', 'нет', 'true', '', 'так'].map(isSwitchedOff)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
