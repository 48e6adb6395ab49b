import { cpus, totalmem } from 'node:os'
import { editor } from './editor.ts'
import type { Bench, Figure } from './figure.ts'

/** Every benchmark by its name: `npm run bench -- NAME [--json]`. */
const BENCHES: Record<string, Bench> = { editor }

const [name = '', ...options] = process.argv.slice(2)
const bench = BENCHES[name]
if (!bench) {
  console.error(`npm run bench -- NAME [--json], with NAME one of: ${Object.keys(BENCHES).join(', ')}`)
  process.exit(2)
}
const figures = await bench()
for (const figure of figures) console.log(lineOf(figure))
const machine = { cpu: cpus()[0]?.model ?? '', cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30) }
console.log(options.includes('--json') ? JSON.stringify({ bench: name, machine, figures }) : '')
process.exit(figures.every(({ holds }) => holds) ? 0 : 1)

function lineOf({ name, measured, goal, unit, holds }: Figure): string {
  const [is, wanted] = [measured.toFixed(1).padStart(9), `≤ ${goal}`.padStart(8)]
  return `${name.padEnd(58)}${is} ${unit.padEnd(3)} ${wanted}  ${holds ? 'holds' : 'MISSED'}`
}
