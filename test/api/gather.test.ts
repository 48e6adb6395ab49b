import { describe, expect, it } from 'vitest'
import { gather } from '../../api/gather.ts'

/** Work that waits until it is let go, and tells what it was given. */
function held(fail: (items: string[]) => unknown = () => undefined) {
  const groups: string[][] = []
  const gates: (() => void)[] = []
  const run = gather(
    (item: string) => item[0]!,
    async (items) => {
      groups.push(items)
      await new Promise<void>((resolve) => gates.push(resolve))
      const error = fail(items)
      if (error) throw error
      return items.map((item) => item.toUpperCase())
    },
    3,
  )
  const letGo = async () => {
    gates.shift()!()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { run, groups, letGo }
}

describe('calls that come together', () => {
  it('share the next run; the first goes at once and alone', async () => {
    const { run, groups, letGo } = held()
    const answers = Promise.all(['a1', 'a2', 'a3'].map(run))
    expect(groups).toEqual([['a1']])
    await letGo()
    expect(groups).toEqual([['a1'], ['a2', 'a3']])
    await letGo()
    expect(await answers).toEqual(['A1', 'A2', 'A3'])
  })

  it('go in the order they came, at most so many at a time', async () => {
    const { run, groups, letGo } = held()
    const answers = Promise.all(['a1', 'a2', 'a3', 'a4', 'a5'].map(run))
    for (let n = 0; n < 3; n++) await letGo()
    expect(groups).toEqual([['a1'], ['a2', 'a3', 'a4'], ['a5']])
    expect(await answers).toHaveLength(5)
  })

  it('of another key do not wait for each other', async () => {
    const { run, groups } = held()
    void run('a1')
    void run('b1')
    expect(groups).toEqual([['a1'], ['b1']])
  })

  it('begin anew once nothing waits', async () => {
    const { run, groups, letGo } = held()
    const first = run('a1')
    await letGo()
    await first
    void run('a2')
    expect(groups).toEqual([['a1'], ['a2']])
  })
})

describe('work that fails', () => {
  it('for several is tried for each alone, so that one does not fail the others', async () => {
    const { run, groups, letGo } = held((items) => items.includes('a2') && new Error('bad a2'))
    const answers = Promise.allSettled(['a0', 'a1', 'a2', 'a3'].map(run))
    for (let n = 0; n < 5; n++) await letGo()
    expect(groups).toEqual([['a0'], ['a1', 'a2', 'a3'], ['a1'], ['a2'], ['a3']])
    expect((await answers).map((a) => a.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  })

  it('because something is away fails for all of them at once', async () => {
    const away = Object.assign(new Error('gone'), { code: 'CONNECTION_CLOSED' })
    const { run, groups, letGo } = held((items) => items.length > 1 && away)
    const answers = Promise.allSettled(['a0', 'a1', 'a2'].map(run))
    await letGo()
    await letGo()
    expect(groups).toEqual([['a0'], ['a1', 'a2']])
    expect((await answers).map((a) => a.status)).toEqual(['fulfilled', 'rejected', 'rejected'])
  })
})
