import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { until } from '../stack/until.ts'
import { call, product } from './visit.ts'

const pidOf = (part: string) => Number(readFileSync(join(product.home, 'run', `${part}.pid`), 'utf8').split('\n')[0])
const lives = () =>
  fetch(`${product.url}/health/live`).then(
    ({ ok }) => ok,
    () => false,
  )

it.each(['SIGTERM', 'SIGKILL'] as const)('starts a part again that ended by %s', async (signal) => {
  const former = pidOf('api')
  process.kill(former, signal)
  await until(async () => !(await lives()))
  await until(lives)
  await expect(call('GET', '/v1/session')).resolves.toMatchObject({ workspace: { name: 'Demo shop' } })
  expect(pidOf('api')).not.toBe(former)
})
