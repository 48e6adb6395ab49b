import { expect, it } from 'vitest'
import { NO_TALLY } from '../../../db/model/tally.ts'
import { bulkWords, namedOf } from '../../../editor/orders/bulk-words.ts'

it('S0-20 tells how many moved, and of those that were refused why and which', () => {
  const refused = [
    { code: 'order_archived', count: 14, orders: ['T-1', 'T-2'] },
    { code: 'chain_too_deep', count: 1, orders: ['T-9'] },
  ] as const
  const tally = { moved: 398, unchanged: 2, stale: 1, refused: refused.map((r) => ({ ...r, orders: [...r.orders] })) }
  const { title, lines, isGood } = bulkWords(tally, 'Sent')
  expect(title).toBe('398 orders moved to Sent')
  expect(lines).toEqual([
    '2 had this status already.',
    '1 left alone, as somebody else moved them meanwhile.',
    expect.stringMatching(/^14 refused: The order is archived/),
    'T-1, T-2 and 12 more',
    // a refusal that pages have no words for speaks for itself
    expect.stringMatching(/^1 refused: One change caused the next/),
    'T-9',
  ])
  expect(isGood).toBe(false)
})

it('says nothing more where all moved', () => {
  expect(bulkWords({ ...NO_TALLY, moved: 1 }, 'Sent')).toEqual({
    title: '1 order moved to Sent',
    lines: [],
    isGood: true,
  })
})

it('names all orders where an answer names all', () => {
  expect(namedOf({ count: 2, orders: ['T-1', 'T-2'] })).toBe('T-1, T-2')
})
