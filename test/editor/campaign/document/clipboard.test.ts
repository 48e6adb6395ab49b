import { describe, expect, it } from 'vitest'
import { NODES_MAX } from '../../../../db/model/limits.ts'
import { fromClipboard, toClipboard } from '../../../../editor/campaign/document/clipboard.ts'
import { draw } from '../flows.ts'

const { steps } = draw('trigger>f1 f1>s1|w1 s1>x1 x1')
const text = (more: object) => JSON.stringify({ kind: 'campaign-steps', v: 1, steps, ...more })

describe('the clipboard', () => {
  it('gives back what was copied', () => {
    expect(fromClipboard(toClipboard(steps))).toEqual(steps)
    expect(toClipboard(steps)).toBe(text({}))
  })

  it.each([
    ['any text', 'Dear Anna'],
    ['nothing', ''],
    ['other JSON', '[1, 2]'],
    ['a bare null', 'null'],
    ['another kind', text({ kind: 'orders' })],
    ['another version', text({ v: 2 })],
    ['no steps', text({ steps: [] })],
    ['steps that are no list', text({ steps: {} })],
    ['a step of a kind nobody knows', text({ steps: [...steps, { id: 'a', kind: 'send_fax', next: {} }] })],
    ['a step with what the store would not take', text({ steps: [{ ...steps[0], colour: 'red' }] })],
    ['two steps with one id', text({ steps: [steps[0], steps[0]] })],
    ['more steps than there may be', text({ steps: many(NODES_MAX + 1) })],
    ['more text than a request may have', text({ note: 'x'.repeat(1024 * 1024) })],
  ])('takes nothing from %s', (_, pasted) => {
    expect(fromClipboard(pasted)).toBeNull()
  })

  it('takes as many steps as there may be', () => {
    expect(fromClipboard(text({ steps: many(NODES_MAX) }))).toHaveLength(NODES_MAX)
  })
})

function many(count: number) {
  return Array.from({ length: count }, (_, i) => ({ id: `x${i}`, kind: 'exit', next: {} }))
}
