import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Pause, Slots } from '../../workflows/slots.ts'

/** Whether a promise is settled once everything that can go on has gone on. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false
  promise.then(() => {
    settled = true
  })
  await vi.advanceTimersByTimeAsync(0)
  return settled
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('Slots', () => {
  it('gives as many places as are wanted, but at most half of all', async () => {
    const slots = new Slots(10)
    expect(await slots.take(3)).toBe(3)
    expect(await slots.take(9)).toBe(5)
    expect(await slots.take(1)).toBe(1)
  })

  it('gives one that is quick all that are free, if half of all are', () => {
    const slots = new Slots(10)
    expect(slots.tryTake(4)).toBe(4)
    expect(slots.tryTake(9, true)).toBe(6)
    expect(slots.tryTake(1, true)).toBe(0)
    slots.give(4)
    expect(slots.tryTake(9, true)).toBe(0)
    slots.give(6)
    expect(slots.tryTake(20)).toBe(5)
  })

  it('lets whoever wants many wait for half a moment, and then take half of what is free, at least one', async () => {
    const slots = new Slots(10)
    await slots.take(5)
    await slots.take(2)
    const later = slots.take(9)
    expect(await isSettled(later)).toBe(false)
    await vi.advanceTimersByTimeAsync(20)
    expect(await later).toBe(2)
    const last = slots.take(9)
    await vi.advanceTimersByTimeAsync(20)
    expect(await last).toBe(1)
  })

  it('gives half as soon as so many are free', async () => {
    const slots = new Slots(10)
    await slots.take(5)
    await slots.take(4)
    const later = slots.take(9)
    slots.give(2)
    expect(await isSettled(later)).toBe(false)
    slots.give(2)
    expect(await later).toBe(5)
  })

  it('lets whoever finds none wait until some are given back', async () => {
    const slots = new Slots(2)
    await slots.take(2)
    await slots.take(2)
    const later = slots.take(5)
    expect(await isSettled(later)).toBe(false)
    slots.give(1)
    expect(await later).toBe(1)
  })

  it('never gives out more than it has, whoever asks at once', async () => {
    const slots = new Slots(4)
    let held = 0
    let most = 0
    const use = async (wanted: number) => {
      const taken = await slots.take(wanted)
      held += taken
      most = Math.max(most, held)
      expect(taken).toBeGreaterThan(0)
      await Promise.resolve()
      held -= taken
      slots.give(taken)
    }
    await Promise.all(Array.from({ length: 50 }, (_, i) => use(1 + (i % 7))))
    expect([held, most]).toEqual([0, 4])
  })
})

describe('Pause', () => {
  it('sleeps as long as it is told to', async () => {
    const pause = new Pause()
    pause.begin()
    const sleeping = pause.sleep(1_000)
    await vi.advanceTimersByTimeAsync(999)
    expect(await isSettled(sleeping)).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await sleeping
  })

  it('is ended by a word, and leaves no timer behind', async () => {
    const pause = new Pause()
    pause.begin()
    const sleeping = pause.sleep(1_000)
    pause.end()
    await sleeping
    expect(vi.getTimerCount()).toBe(0)
  })

  it('does not begin when the word came since the look that preceded it', async () => {
    const pause = new Pause()
    pause.begin()
    pause.end()
    await pause.sleep(1_000)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('forgets a word that came before the look', async () => {
    const pause = new Pause()
    pause.end()
    pause.begin()
    expect(await isSettled(pause.sleep(1_000))).toBe(false)
  })

  it('can be ended again and again', async () => {
    const pause = new Pause()
    for (let n = 0; n < 3; n++) {
      pause.begin()
      const sleeping = pause.sleep(1_000)
      pause.end()
      pause.end()
      await sleeping
    }
  })
})
