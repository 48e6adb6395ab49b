import { expect, it } from 'vitest'
import type { SavingEvent } from '../../../../editor/campaign/draft/autosave.ts'
import { createSaver } from '../../../../editor/campaign/draft/saver.ts'
import { createEditor, type Doc } from '../../../../editor/campaign/draft/store.ts'

const doc = (name: string): Doc => ({ name, campaign: { steps: [] } })
const [A, B, C] = [doc('A'), doc('B'), doc('C')]

/** A saver whose drafts end as told, one after the other, and what it sent. */
function saverOf(outcomes: readonly ((doc: Doc) => SavingEvent)[]) {
  const sent: { doc: Doc; version: number; unanswered: readonly Doc[] }[] = []
  const send = async (_id: string, doc: Doc, version: number, unanswered: readonly Doc[]) => {
    const outcome = outcomes[sent.length]
    sent.push({ doc, version, unanswered })
    if (!outcome) throw new Error('nothing more was to be sent')
    return outcome(doc)
  }
  const saver = createSaver(createEditor(A), 'a-campaign', { doc: A, version: 3, savedAtMs: null }, send)
  return { saver, sent }
}
const lost = (): SavingEvent => ({ kind: 'lost' })
const savedAs =
  (version: number) =>
  (doc: Doc): SavingEvent => ({ kind: 'saved', doc, version, atMs: 1_000 })

it('tries once without a connection, and then lets people go', async () => {
  const { saver, sent } = saverOf([lost])
  saver.tell({ kind: 'changed', doc: B })
  expect(await saver.flush()).toBe(false)
  expect(sent).toHaveLength(1)
  expect(saver.store.getState().saving).toMatchObject({ state: 'offline', doc: B })
})

it('saves all that changed while it was saving before it says that nothing is left', async () => {
  const { saver, sent } = saverOf([
    (sent) => {
      saver.tell({ kind: 'changed', doc: C })
      return savedAs(4)(sent)
    },
    savedAs(5),
  ])
  saver.tell({ kind: 'changed', doc: B })
  expect(await saver.flush()).toBe(true)
  expect(sent.map(({ doc, version }) => [doc, version])).toEqual([
    [B, 3],
    [C, 4],
  ])
})

it('tells with a draft which ones got no answer, until one of them did', async () => {
  const { saver, sent } = saverOf([lost, lost, savedAs(4), savedAs(5)])
  for (const doc of [B, C, C, A]) {
    saver.tell({ kind: 'changed', doc })
    await saver.flush()
  }
  expect(sent.map(({ unanswered }) => unanswered)).toEqual([[], [B], [B, C], []])
})
