import { describe, expect, it } from 'vitest'
import { defaultNames, tidied, withMeaning, wordOf, wordsOf } from '../../../editor/integrations/status-map.ts'

describe('the status map of a shop', () => {
  it('takes a word with and without its prefix for one', () => {
    expect(wordOf(' wc-Packed ')).toBe('packed')
    expect(tidied({ 'wc-on-hold': { payment: 'held' } })).toEqual({ 'on-hold': { payment: 'held' } })
  })

  it('shows the words of every shop first, and each once', () => {
    const words = wordsOf({ packed: { delivery: 'preparing' }, pending: { general: 'new' } }, ['packed', 'to-pack'])
    expect(words.slice(0, 2)).toEqual(['pending', 'processing'])
    expect(words.slice(-2)).toEqual(['packed', 'to-pack'])
    expect(words).toHaveLength(10)
  })

  it('sets one meaning and leaves the others', () => {
    const map = { packed: { delivery: 'preparing' } }
    expect(withMeaning(map, 'packed', 'general', 'accepted')).toEqual({
      packed: { delivery: 'preparing', general: 'accepted' },
    })
    expect(withMeaning(map, 'failed', 'payment', 'unpaid')).toEqual({ ...map, failed: { payment: 'unpaid' } })
    expect(map).toEqual({ packed: { delivery: 'preparing' } })
  })

  it('forgets a word once it means nothing any more', () => {
    expect(withMeaning({ packed: { delivery: 'preparing' } }, 'packed', 'delivery', null)).toEqual({})
    expect(withMeaning({}, 'packed', 'delivery', null)).toEqual({})
  })

  it('names the statuses that a word leads to by itself', () => {
    const statuses = [
      { type: 'general' as const, group: 'paid' as const, kind: null, name: 'Paid' },
      { type: 'general' as const, group: 'paid' as const, kind: null, name: 'Done' },
      { type: 'payment' as const, group: null, kind: 'paid' as const, name: 'Money here' },
    ]
    expect(defaultNames(statuses, 'completed', 'general')).toEqual(['Paid'])
    expect(defaultNames(statuses, 'completed', 'payment')).toEqual(['Money here'])
    expect(defaultNames(statuses, 'own-word', 'general')).toEqual([])
  })
})
