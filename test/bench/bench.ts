import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { burst } from './burst.ts'
import { deadlines } from './deadlines.ts'
import { editor } from './editor.ts'
import type { Bench, Figure } from './figure.ts'
import { ingest } from './ingest.ts'
import { latency } from './latency.ts'
import { overload } from './overload.ts'
import { soak } from './soak.ts'
import { start } from './start.ts'
import { statuses } from './statuses.ts'

/** Every benchmark by its name: `npm run bench -- NAME [--size N] [--json]`. */
const BENCHES: Record<string, Bench> = { latency, ingest, burst, deadlines, start, overload, soak, editor, statuses }

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean' }, size: { type: 'string' } },
  allowPositionals: true,
})
const [name = ''] = positionals
const bench = BENCHES[name]
const size = Number(values.size)
if (!bench || (values.size !== undefined && !(size > 0))) {
  console.error(`npm run bench -- NAME [--size N] [--json], with NAME one of: ${Object.keys(BENCHES).join(', ')}`)
  process.exit(2)
}
const figures = await bench(values.size === undefined ? {} : { size })
for (const figure of figures) console.log(lineOf(figure))
const machine = { cpu: cpus()[0]?.model ?? '', cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30) }
if (values.json) console.log(JSON.stringify({ bench: name, machine, figures }))
process.exit(figures.every(({ holds }) => holds) ? 0 : 1)

function lineOf({ name, measured, goal, atLeast, unit, holds }: Figure): string {
  const is = `${name.padEnd(58)}${measured.toFixed(measured < 10 ? 3 : 1).padStart(10)} ${unit.padEnd(5)}`
  return goal === undefined
    ? is
    : `${is} ${`${atLeast ? '≥' : '≤'} ${goal}`.padStart(8)}  ${holds ? 'holds' : 'MISSED'}`
}
