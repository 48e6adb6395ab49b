import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { expect, inject, it } from 'vitest'
import { createDatabase } from '../../db/embedded.ts'
import { migrate } from '../../db/migrate.ts'

it('brings an empty database to the present schema, once, though several processes do it at once and again', async () => {
  const url = new URL(inject('templateUrl'))
  const name = `empty_${randomUUID()}`
  url.pathname = 'postgres'
  await createDatabase(url.href, name)
  url.pathname = name
  await Promise.all([migrate(url.href), migrate(url.href), migrate(url.href)])
  await migrate(url.href)
  const client = postgres(url.href, { max: 1 })
  expect(await client`select id from installation`).toHaveLength(1)
  expect(await client`select code from status_groups`).toHaveLength(7)
  await client.end()
})
