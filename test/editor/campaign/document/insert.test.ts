import { describe, expect, it } from 'vitest'
import { problemsIn } from '../../../../db/model/campaign.ts'
import { NODE_OUTPUTS, type NodeKind } from '../../../../db/model/node-outputs.ts'
import { findLine, flowOf } from '../../../../editor/campaign/document/document.ts'
import {
  addTrigger,
  duplicateStep,
  insertAfter,
  insertBefore,
  kindsFor,
} from '../../../../editor/campaign/document/insert.ts'
import { draw, drawn } from '../flows.ts'

const SPLIT = draw('trigger>f1 f1>s1|w1 s1>j1 w1>j1 j1>')
const port = (stepId: string, output = 'out') => ({ stepId, output })

describe('insertAfter', () => {
  it.each([
    ['on a line', port('s1'), 'wait', 'trigger>f1 f1>s1|w1 s1>wait wait>j1 j1> w1>j1', 'wait'],
    ['on a lane', port('f1', 'no'), 'send_sms', 'trigger>f1 f1>s1|sms s1>j1 j1> sms>w1 w1>j1', 'sms'],
    ['at an end', port('j1'), 'exit', 'trigger>f1 f1>s1|w1 s1>j1 j1>exit exit w1>j1', 'exit'],
    [
      'a split: yes leads to what followed, no ends',
      port('trigger'),
      'filter_customers',
      'trigger>filter filter>f1| f1>s1|w1 s1>j1 j1> w1>j1',
      'filter',
    ],
  ] as const)('inserts %s', (_, line, kind, lines, select) => {
    const edit = insertAfter(SPLIT, line, kind)!
    expect([drawn(edit.campaign), edit.select]).toEqual([lines, select])
  })

  it('gives a new step nothing that people must say themselves', () => {
    const kinds = ['wait', 'send_sms', 'filter_customers', 'exit'] as const
    for (const kind of kinds) {
      const { campaign, select } = insertAfter(SPLIT, port('j1'), kind)!
      const at = campaign.steps.findIndex((s) => s.id === select)
      const missing = { wait: ['for'], send_sms: ['message'], filter_customers: [], exit: [] }[kind]
      expect(problemsIn(campaign).map((p) => p.field)).toEqual(missing.map((field) => `steps/${at}/${field}`))
    }
  })

  it('refuses a second trigger, an exit before others, and a line that is not there', () => {
    expect(insertAfter(SPLIT, port('s1'), 'order_status_changed')).toBeNull()
    expect(insertAfter(SPLIT, port('s1'), 'exit')).toBeNull()
    expect(insertAfter(SPLIT, port('s1', 'yes'), 'wait')).toBeNull()
    expect(insertAfter(SPLIT, port('gone'), 'wait')).toBeNull()
  })
})

describe('kindsFor', () => {
  it('names exactly what insertAfter takes', () => {
    for (const line of [port('s1'), port('j1'), port('f1', 'yes'), port('gone')]) {
      const taken = (Object.keys(NODE_OUTPUTS) as NodeKind[]).filter((kind) => insertAfter(SPLIT, line, kind))
      expect(kindsFor(SPLIT, line)).toEqual(taken)
    }
    expect(kindsFor(SPLIT, port('j1'))).toEqual(['filter_customers', 'wait', 'send_sms', 'exit'])
  })
})

describe('insertBefore', () => {
  it('inserts on all lines that lead into the step', () => {
    const edit = insertBefore(SPLIT, 'j1', 'wait')!
    expect(drawn(edit.campaign)).toBe('trigger>f1 f1>s1|w1 s1>wait wait>j1 j1> w1>wait')
    expect(edit.select).toBe('wait')
  })

  it('refuses the place before the trigger, an exit, a trigger, and a step that is not there', () => {
    expect(insertBefore(SPLIT, 'trigger', 'wait')).toBeNull()
    expect(insertBefore(SPLIT, 'j1', 'exit')).toBeNull()
    expect(insertBefore(SPLIT, 'j1', 'order_status_changed')).toBeNull()
    expect(insertBefore(SPLIT, 'gone', 'wait')).toBeNull()
  })
})

describe('addTrigger', () => {
  it('begins an empty campaign with a trigger that still needs its status', () => {
    const { campaign, select } = addTrigger({ steps: [] })!
    expect([drawn(campaign), select]).toEqual(['trigger>', 'trigger'])
    expect(problemsIn(campaign)).toEqual([{ field: 'steps/0/to', detail: 'choose at least one status' }])
  })

  it('lets what was drawn before follow, and refuses a second one', () => {
    const { steps } = draw('trigger>s1 s1>s2')
    expect(drawn(addTrigger({ steps: steps.slice(1) })?.campaign)).toBe('trigger>s1 s1>s2 s2>')
    expect(addTrigger({ steps })).toBeNull()
  })
})

describe('duplicateStep', () => {
  it('puts a copy behind the step, with the same settings and an id of its own', () => {
    const { campaign, select } = duplicateStep(SPLIT, 's1')!
    expect([drawn(campaign), select]).toEqual(['trigger>f1 f1>s1|w1 s1>sms sms>j1 j1> w1>j1', 'sms'])
    const [step, copy] = ['s1', 'sms'].map((id) => flowOf(campaign).steps.get(id)!)
    expect(copy).toEqual({ ...step, id: 'sms', next: { out: 'j1' } })
  })

  it('copies a split without its lanes', () => {
    const { campaign } = duplicateStep(SPLIT, 'f1')!
    expect(drawn(campaign)).toBe('trigger>f1 f1>filter|w1 filter>s1| s1>j1 j1> w1>j1')
    expect(findLine(flowOf(campaign), port('filter', 'no'))?.to).toBeNull()
  })

  it('refuses the trigger, an exit, and a step that is not there', () => {
    const campaign = draw('trigger>x1 x1')
    for (const id of ['trigger', 'x1', 'gone']) expect(duplicateStep(campaign, id)).toBeNull()
  })
})
