import { statSync, symlinkSync } from 'node:fs'
import { expect, it } from 'vitest'
import {
  findPart,
  homePath,
  logTo,
  publish,
  readPublished,
  registerPart,
  untilPartsGone,
  untilPublished,
} from '../../db/home.ts'

it('publishes a text for its owner only, and replaces it as a whole', () => {
  publish('a-key', 'first')
  publish('a-key', 'second')
  expect(readPublished('a-key')).toBe('second')
  expect(statSync(homePath('a-key')).mode & 0o777).toBe(0o600)
})

it('waits for a file that another process publishes, but not for ever', async () => {
  setTimeout(() => publish('an-address', 'here'), 100)
  expect(await untilPublished('an-address', 5000)).toBe('here')
  await expect(untilPublished('nobody-writes-this', 50)).rejects.toThrow('did not appear within 0.05 s')
})

it('finds a part that runs', () => {
  registerPart('a-part')
  expect(findPart('a-part')).toBe(process.pid)
})

it('does not take another process with the id of a part for that part', async () => {
  publish('run/former.pid', `${process.pid}\nnode --import tsx some/other.ts`)
  expect(findPart('former')).toBeUndefined()
  await untilPartsGone(['former', 'never-registered'], 5000)
})

it('works on when its log cannot be written: a full disk costs lines, not the process', async () => {
  symlinkSync('/dev/full', homePath('logs', 'full.log'))
  const log = logTo('full')
  for (let n = 0; n < 3; n++) log.info('lost')
  // an error that nobody takes would end this run
  await expect(new Promise((resolve) => setTimeout(resolve, 50))).resolves.toBeUndefined()
})
