import { describe, expect, it } from 'vitest'
import { PRESETS } from '../../../db/model/preset.ts'
import { type Chosen, isTooLarge, type Preview, previewOf } from '../../../editor/statuses/import-plan.ts'
import { status } from './status.ts'

const STATUSES = PRESETS['call-centre'].general.map(({ code, name, meaning }) => status({ code, name, group: meaning }))
const preview = (text: string, wish: Partial<Chosen> = {}): Preview => {
  const found = previewOf({ text, type: 'general', groups: {}, except: [], ...wish }, STATUSES)
  if ('problem' in found) throw new Error(found.problem.detail)
  return found
}
const LIST = 'name,group\nУзгоджено,Погодження\nНема ТТН,Логістика\nЗабрали,Логістика\nAccepted,Прийнято'

describe('the preview of an import', () => {
  it('S1-04 counts what would be added, left, and what cannot be read', () => {
    expect(preview(LIST).counts).toEqual({ added: 1, left: 1, invalid: 2 })
  })

  it('tells each word of the list once, unknown ones first, and offers them all the time to be changed', () => {
    const known = { type: 'general', word: 'Погодження', count: 1, meaning: 'processing' }
    expect(preview(LIST).words).toEqual([{ type: 'general', word: 'Логістика', count: 2, meaning: null }, known])
    const chosen = preview(LIST, { groups: { general: { логістика: 'sent', Погодження: 'accepted' } } })
    expect(chosen.words).toEqual([
      { type: 'general', word: 'Логістика', count: 2, meaning: 'sent' },
      { ...known, meaning: 'accepted' },
    ])
    expect(chosen.counts).toEqual({ added: 3, left: 1, invalid: 0 })
  })

  it('keeps offering a word that was chosen though the code would tell it too', () => {
    const list = JSON.stringify([{ name: 'Новинка', alias: 'new', group_name: 'Вхідні' }])
    expect(preview(list).words.map(({ meaning }) => meaning)).toEqual([null])
    expect(preview(list, { groups: { general: { Вхідні: 'accepted' } } }).words.map(({ meaning }) => meaning)).toEqual([
      'accepted',
    ])
  })

  it('asks for the type only where the list does not tell it', () => {
    expect(preview('name,group\nx,sent').untyped).toBe('all')
    expect(preview('name,group,type\nx,sent,general').untyped).toBe('none')
    expect(preview('name,group,type\nx,sent,general\ny,sent,').untyped).toBe('some')
    expect(preview('{"paymentStatuses": [{"name": "Оплачен"}]}').untyped).toBe('none')
    expect(preview('name\nОплачено', { type: 'payment' }).rows[0]).toMatchObject({ type: 'payment', meaning: 'paid' })
  })

  it('says why a text is no list of statuses', () => {
    expect(() => preview('just a sentence')).toThrow('name the columns')
  })

  it('refuses a file before it is read that is more than one request may be', () => {
    expect([isTooLarge({ size: 100_000 }), isTooLarge({ size: 1_000_000 })]).toEqual([false, true])
  })
})
