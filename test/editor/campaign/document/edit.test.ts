import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problemsIn } from '../../../../db/model/campaign.ts'
import { Campaign } from '../../../../db/model/campaign-schema.ts'
import { NODES_MAX } from '../../../../db/model/limits.ts'
import { flowOf } from '../../../../editor/campaign/document/document.ts'
import { freeId } from '../../../../editor/campaign/document/edit.ts'
import { readCampaign } from '../../../../editor/campaign/document/read.ts'
import { anyDeed, anyFlow, draw, drawn, frozen, perform } from '../flows.ts'

const structural = (campaign: Campaign) =>
  problemsIn(campaign).filter((p) => /\/(id|kind|next|disabled)$/.test(p.field))

describe('any operations on any document', () => {
  it('leave a document that the store takes, without structural problems, and one that the editor reads', () => {
    fc.assert(
      fc.property(anyFlow(25), fc.array(anyDeed, { maxLength: 25 }), (start, deeds) => {
        let campaign = frozen(start)
        expect(structural(campaign)).toEqual([])
        for (const deed of deeds) campaign = frozen(perform(campaign, deed)?.campaign ?? campaign)
        expect(structural(campaign)).toEqual([])
        expect(Campaign.parse(campaign)).toEqual(campaign)
        expect(readCampaign(JSON.parse(JSON.stringify(campaign)))).toEqual(campaign)
      }),
      { numRuns: 300 },
    )
  })

  it('keep what they do not touch as it is, change no document in place, and select a step that is there', () => {
    fc.assert(
      fc.property(anyFlow(25), anyDeed, (start, deed) => {
        const before = frozen(start)
        const edit = perform(before, deed)
        if (!edit) return
        expect(edit.campaign.steps.map((s) => s.id)).toContain(edit.select)
        const was = flowOf(before).steps
        for (const step of edit.campaign.steps) {
          const old = was.get(step.id)
          if (old && JSON.stringify(old) === JSON.stringify(step)) expect(step).toBe(old)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('do each of what they are there for, on some document', () => {
    const done = new Set<number>()
    fc.assert(
      fc.property(anyFlow(12), anyDeed, (campaign, deed) => {
        const edit = perform(campaign, deed)
        if (edit && edit.campaign !== campaign) done.add(deed.verb % 15)
      }),
      { numRuns: 2_000, seed: 1 },
    )
    expect(done.size).toBe(15)
  })

  it('never make more steps than there may be', () => {
    const chain = (count: number) =>
      draw(['trigger>s1', ...Array.from({ length: count - 2 }, (_, i) => `s${i + 1}>s${i + 2}`)].join(' '))
    const full = chain(NODES_MAX)
    expect(full.steps).toHaveLength(NODES_MAX)
    fc.assert(
      fc.property(anyDeed, (deed) => {
        expect(perform(full, deed)?.campaign.steps.length ?? 0).toBeLessThanOrEqual(NODES_MAX)
      }),
    )
  })

  it('keep steps that nobody reached before, for nobody asked to lose them', () => {
    const campaign = draw('trigger>s1 s1> lost>s1')
    const verbs = Array.from({ length: 15 }, (_, verb) => perform(campaign, { verb, at: 1, what: 0 }))
    const kept = verbs.flatMap((edit) => (edit ? [edit.campaign.steps.map((s) => s.id)] : []))
    expect(kept.length).toBeGreaterThan(5)
    for (const ids of kept) expect(ids).toContain('lost')
  })
})

describe('freeId', () => {
  it('is short, tells the kind, and is not taken', () => {
    const taken = new Set<string>()
    const ids = ['send_sms', 'send_sms', 'wait', 'send_sms', 'filter_customers', 'exit', 'send_fax'].map((kind) => {
      const id = freeId(taken, kind)
      taken.add(id)
      return id
    })
    expect(ids).toEqual(['sms', 'sms-2', 'wait', 'sms-3', 'filter', 'exit', 'step'])
    expect(freeId(new Set(['sms', 'sms-3']), 'send_sms')).toBe('sms-2')
  })
})

describe('the drawing of tests', () => {
  it('reads back what it drew', () => {
    const lines = 'trigger>f1 f1>s1|w1 s1>s2 s2>x1 x1 w1>s2'
    expect(drawn(draw(lines))).toBe(lines)
  })
})
