import { describe, expect, it } from 'vitest'
import { readWooCommerce } from '../../../../db/model/shops/woocommerce.ts'
import { DEFAULTS, defaultMeanings } from '../../../../db/model/shops/woocommerce-statuses.ts'

describe('defaultMeanings', () => {
  it('tells all payments a slug may come to, one where the facts do not matter, none where the axis stays', () => {
    expect(defaultMeanings('completed')).toEqual({
      general: ['paid'],
      delivery: ['delivered'],
      payment: ['paid', 'unpaid'],
    })
    expect(defaultMeanings('failed').payment).toEqual(['unpaid'])
    expect(defaultMeanings('refunded').delivery).toEqual([])
    expect(defaultMeanings('own-word')).toMatchObject({ general: [], delivery: [] })
  })

  it.each([...DEFAULTS.keys()])('holds for what is read from an order in %s', (status) => {
    for (const date_paid_gmt of ['2026-01-02T03:04:05', null])
      for (const payment_method of ['cod', 'stripe']) {
        const body = { id: 1, status, total: '5', date_paid_gmt, payment_method }
        const reading = readWooCommerce('order.updated', body, { statusMap: {} })
        if (!('report' in reading)) throw new Error('the order was not read')
        const wanted = reading.report.wanted.map(({ axis, status: to }) => [axis, 'meaning' in to && to.meaning])
        for (const [axis, meaning] of wanted) expect(defaultMeanings(status)[axis as 'general']).toContain(meaning)
      }
  })
})
