// Counts from a log of `order,status` lines, without any code of the product, how often orders enter a status.
// node count-entries.mjs FILE ONCE ALWAYS → {"once": orders that ever entered ONCE, "always": entries into ALWAYS}
import { readFileSync } from 'node:fs'

const [file, once, always] = process.argv.slice(2)
const present = new Map()
const entered = new Set()
let entries = 0
for (const line of readFileSync(file, 'utf8').split('\n')) {
  const [order, status] = line.split(',')
  if (present.get(order) === status) continue
  present.set(order, status)
  if (status === once) entered.add(order)
  if (status === always) entries++
}
console.log(JSON.stringify({ once: entered.size, always: entries }))
