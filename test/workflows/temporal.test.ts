import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parseEngineFile, withEnvironment } from '../../workflows/temporal.ts'

const text = readFileSync('temporal.yaml', 'utf8')

it('accepts the temporal.yaml of the repository', () => {
  const { address, namespace, limits } = parseEngineFile(text)
  expect({ address, namespace }).toEqual({ address: undefined, namespace: 'default' })
  expect(limits.relayBatchMax).toBe(500)
})

it.each([
  ['a limit that is no number', text.replace('handingMax: 20', 'handingMax: many'), 'limits.handingMax'],
  ['a limit that is missing', text.replace(/relayLingerMs.*/, ''), 'limits.relayLingerMs'],
  ['an entry that does not exist', text.replace('relayLingerMs:', 'relayLinger:'), 'relayLinger'],
  ['an address without a port', `address: cluster\n${text}`, 'address: must be host:port'],
])('names the entry that is wrong: %s', (_, wrong, name) => {
  expect(() => parseEngineFile(wrong)).toThrow(name)
})

it('lets the environment win', () => {
  const file = parseEngineFile(`address: old:7233\n${text}`)
  const env = { TEMPORAL_ADDRESS: 'new:7233', TEMPORAL_NAMESPACE: 'shop', TEMPORAL_TLS_SERVER_NAME: 'inside' }
  const { address, namespace, tls } = withEnvironment(file, env)
  expect({ address, namespace, tls }).toEqual({
    address: 'new:7233',
    namespace: 'shop',
    tls: { serverNameOverride: 'inside' },
  })
})

it('encrypts the connection when there is an API key to protect, unless told not to', () => {
  const file = parseEngineFile(text)
  expect(withEnvironment(file, {}).tls).toBeUndefined()
  expect(withEnvironment(file, { TEMPORAL_API_KEY: 'k' }).tls).toBe(true)
  expect(withEnvironment(file, { TEMPORAL_API_KEY: 'k', TEMPORAL_TLS: 'false' }).tls).toBe(false)
})
