import { describe, expect, it } from 'vitest'
import { chartOf } from '../../../editor/analytics/days-chart.ts'
import { flowChartOf, nameOfEnd } from '../../../editor/analytics/flow-chart.ts'
import type { ReportItem, ReportSearch } from '../../../editor/analytics/report-queries.ts'
import { SHOWN_MAX, sumOf } from '../../../editor/analytics/top.ts'

const ASKED: ReportSearch = { type: 'general', by: 'status', from: '2026-10-01', to: '2026-10-03' }
const item = (id: string, more: Partial<ReportItem> = {}): ReportItem => ({
  id,
  code: id,
  name: `Status ${id}.`,
  meaning: 'sent',
  deleted: false,
  ...more,
})
const many = Array.from({ length: 20 }, (_, i) => item(`s${i}`))

describe('a chart by days', () => {
  it('shows the largest and the rest of two hundred together, with no order lost', () => {
    const items = many.map((one, i) => ({ ...one, orders: [i + 1, 1] }))
    const { data, series } = chartOf({ days: ['2026-10-01', '2026-10-02'], items }, ASKED)
    expect(series).toHaveLength(SHOWN_MAX + 1)
    expect(series.at(-1)).toMatchObject({ name: 'rest', label: '8 other statuses' })
    const sums = data.map(({ day: _, ...counts }) => sumOf(Object.values<number>(counts)))
    expect(sums).toEqual([210, 20])
  })

  it('names a series by what never has a dot, and people by what they know', () => {
    const items = [{ ...item('a', { deleted: true }), orders: [1] }]
    expect(chartOf({ days: ['2026-10-01'], items }, ASKED).series).toMatchObject([
      { name: 'a', label: 'Status a. (deleted)' },
    ])
  })
})

describe('the drawing of the flow', () => {
  it('has nodes and links by their place, with the small ones as one on each side', () => {
    const changes = many.slice(1).map(({ id }, i) => ({ from: 's0', to: id, orders: i + 1 }))
    const { nodes, links, back } = flowChartOf({ items: many, changes }, ASKED)
    expect(back).toEqual([])
    expect(links.reduce((sum, { value }) => sum + value, 0)).toBe(190)
    expect(nodes).toHaveLength(SHOWN_MAX + 1)
    expect(nodes.map(({ name }) => name)).toContain('Other statuses')
    expect(links.every(({ source, target }) => nodes[source] && nodes[target] && source !== target)).toBe(true)
  })

  it('names orders that begin, and what does not count', () => {
    const name = nameOfEnd({ items: [item('paid', { meaning: 'paid' })] }, { ...ASKED, by: 'group' })
    expect(['new', 'other', 'paid'].map(name)).toEqual(['New orders', 'Not in analytics', 'Paid'])
  })
})
