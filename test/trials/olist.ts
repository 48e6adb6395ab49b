import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One report of an order's status, as a shop would send it. */
export interface Told {
  order: string
  type: 'general' | 'delivery' | 'payment'
  status: string
  /** ISO, in the shop's own time. */
  at: string
}

/** What each moment of the public Olist orders means here. Source: pitfalls, replay. */
const MOMENTS = {
  order_purchase_timestamp: { type: 'general', status: 'accepted' },
  order_approved_at: { type: 'payment', status: 'paid' },
  order_delivered_carrier_date: { type: 'delivery', status: 'shipped' },
  order_delivered_customer_date: { type: 'delivery', status: 'delivered' },
} as const

/** The reports of all orders in `folder`, order by order, each order's in time. */
export function readOlist(folder: string): Told[][] {
  const [head = '', ...lines] = readFileSync(join(folder, 'olist_orders_dataset.csv'), 'utf8').trim().split('\n')
  const columns = head.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    const cell = (name: string) => cells[columns.indexOf(name)] ?? ''
    return Object.entries(MOMENTS)
      .filter(([column]) => cell(column) !== '')
      .map(([column, meaning]) => ({ order: cell('order_id'), ...meaning, at: `${cell(column).replace(' ', 'T')}Z` }))
      .sort((a, b) => a.at.localeCompare(b.at))
  })
}
