import { describe, expect, it } from 'vitest'
import * as search from '../../editor/search.ts'

const ID = '019a9c1e-7d3f-7a52-8c11-0f4b5a6d7e8f'

describe('an address keeps what fits and leaves out the rest', () => {
  it.each([
    [search.messages({ id: ID, state: 'sent', page: 2 }), { id: ID, state: 'sent', page: 2 }],
    [search.messages({ id: 'x', state: 'eaten', page: 1, q: '' }), {}],
    [
      search.orders({ type: 'payment', status: 'paid', q: 1001, page: '3' }),
      { type: 'payment', status: 'paid', q: '1001', page: 3 },
    ],
    [search.orders({ type: 'weather', page: -1, archived: 'yes' }), {}],
    [search.orders({ archived: true }), { archived: true }],
    [
      search.campaign({ mode: 'live', step: 'a', v: '2', open: 'people' }),
      { mode: 'live', step: 'a', v: 2, open: 'people' },
    ],
    [search.campaign({ mode: 'dream', v: 0, open: 'door' }), {}],
    [
      search.analytics({ type: 'payment', by: 'group', days: '7', tables: 'now.flow.x', from: '2026-02-30' }),
      { type: 'payment', by: 'group', days: 7, tables: 'now.flow' },
    ],
    [
      search.analytics({ by: 'status', days: 400, from: '2026-02-28', until: 'today', tables: 3 }),
      { from: '2026-02-28' },
    ],
    [search.statuses({ add: 'true', group: 'weather' }), {}],
    [search.statuses({ type: 'payment', check: true }), { type: 'payment', check: true }],
    [search.statuses({ check: 'yes' }), {}],
  ])('%#', (kept, expected) => expect(kept).toEqual(expected))
})
