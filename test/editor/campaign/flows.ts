import fc from 'fast-check'
import type { Campaign, Step } from '../../../db/model/campaign-schema.ts'
import { flowOf, linesOf, type Port, reach } from '../../../editor/campaign/document/document.ts'
import type { Edit } from '../../../editor/campaign/document/edit.ts'
import { duplicateStep, insertAfter, insertBefore } from '../../../editor/campaign/document/insert.ts'
import { connect, moveDown, moveLane, moveUp, targetsFor } from '../../../editor/campaign/document/move.ts'
import { copySteps, pasteSteps } from '../../../editor/campaign/document/paste.ts'
import { removeStep, removeSteps } from '../../../editor/campaign/document/remove.ts'
import { renameStep, setNote, toggleDisabled, updateStep } from '../../../editor/campaign/document/settings.ts'

/**
 * A document from its lines: `trigger>f f>a|b a>j b>j` splits at f and comes together at j.
 * The letter an id begins with is its kind: f a filter, w a wait, x an exit, t the trigger, any other a text.
 */
export function draw(lines: string): Campaign {
  const drawn = new Map(
    lines.split(' ').map((line): [string, string[]] => {
      const [id = '', ends] = line.split('>')
      return [id, ends?.split('|') ?? []]
    }),
  )
  const ids = new Set(['trigger', ...[...drawn].flat(2).filter((id) => id !== '')])
  return { steps: [...ids].map((id) => step(id, drawn.get(id) ?? [])) }
}

function step(id: string, [first = '', second = '']: string[]): Step {
  const to = first || null
  if (id.startsWith('t')) return trigger(id, to)
  if (id.startsWith('w')) return { id, kind: 'wait', for: 'PT1H', next: { out: to } }
  if (id.startsWith('x')) return { id, kind: 'exit', next: {} }
  const where = { combinator: 'and' as const, rules: [] }
  if (id.startsWith('f')) return { id, kind: 'filter_customers', where, next: { yes: to, no: second || null } }
  return { id, kind: 'send_sms', message: 'Hi', next: { out: to } }
}

export const trigger = (id = 'trigger', out: string | null = null): Step => ({
  id,
  kind: 'order_status_changed',
  type: 'general',
  from: 'any',
  to: { statuses: ['sent'] },
  includingCreation: false,
  leaveWhenStatusChanges: true,
  next: { out },
})

/** The document in the words of `draw`, in reading order. */
export const drawn = (campaign: Campaign | undefined): string =>
  campaign
    ? flowOf(campaign)
        .order.map((id) => {
          const ends = flowOf(campaign).from.get(id)!
          return ends.length === 0 ? id : `${id}>${ends.map((line) => line.to ?? '').join('|')}`
        })
        .join(' ')
    : ''

/** Freezes the document through and through, so that a change in place throws. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) frozen(part)
  }
  return value
}

/** Any document that may be published, however its lines cross: they lead onwards only, every step is reached. */
export const anyFlow = (stepsMax: number): fc.Arbitrary<Campaign> =>
  fc
    .array(fc.record({ kind: fc.nat(14), yes: fc.nat(19), no: fc.nat(19) }), { maxLength: stepsMax - 1, size: 'max' })
    .map((wishes) => {
      const idOf = (i: number): string => `${'fffffwwwsssssx'[wishes[i]!.kind] ?? 's'}${i}`
      const onward = (i: number, wish: number) => {
        const to = i + 1 + (wish < 12 ? 0 : wish % 9)
        return wish === 19 || to >= wishes.length ? '' : idOf(to)
      }
      const lines = wishes.map(({ yes, no }, i) => `${idOf(i)}>${onward(i, yes)}|${onward(i, 19 - no)}`)
      return onlyReached(draw([`trigger>${wishes.length > 0 ? idOf(0) : ''}`, ...lines].join(' ')))
    })

interface Split {
  lanes: [Part[], Part[]]
  /** Which lanes go on with what follows the split. */
  joins: [boolean, boolean]
}
type Part = 'step' | Split

/** Any document as people draw it: lanes in lanes, which end or come together again. */
export const anyTree: fc.Arbitrary<Campaign> = fc
  .letrec<{ lane: Part[]; part: Part; split: Split }>((tie) => ({
    lane: fc.array(tie('part'), { maxLength: 3, size: 'max' }),
    part: fc.oneof({ maxDepth: 3, depthIdentifier: 'split' }, fc.constant<Part>('step'), tie('split')),
    split: fc.record({
      lanes: fc.tuple(tie('lane'), tie('lane')),
      joins: fc.tuple(fc.boolean(), fc.boolean()),
    }),
  }))
  .lane.map((lane) => {
    let count = 0
    const lines: string[] = []
    /** Draws the parts in front of `to`; answers where they begin. */
    const drawLane = (parts: Part[], to: string): string => parts.reduceRight((next, part) => drawPart(part, next), to)
    const drawPart = (part: Part, to: string): string => {
      const id = `${part === 'step' ? 's' : 'f'}${++count}`
      const ends =
        part === 'step' ? [to] : part.lanes.map((inner, i) => drawLane(inner, part.joins[i as 0 | 1] ? to : ''))
      lines.push(`${id}>${ends.join('|')}`)
      return id
    }
    const first = drawLane(lane, '')
    return onlyReached(draw([`trigger>${first}`, ...lines].join(' ')))
  })

function onlyReached(campaign: Campaign): Campaign {
  const reached = reach(flowOf(campaign), ['trigger'])
  return { steps: campaign.steps.filter((s) => reached.has(s.id)) }
}

/** What somebody does in the editor: which operation, on which step or line, with what. */
export const anyDeed = fc.record({ verb: fc.nat(1_000), at: fc.nat(1_000), what: fc.nat(1_000) })
export type Deed = typeof anyDeed extends fc.Arbitrary<infer D> ? D : never

const KINDS = ['wait', 'send_sms', 'filter_customers', 'exit'] as const
const KEEPS = ['yes', 'no', 'none'] as const

type Verb = (campaign: Campaign, id: string, port: Port | undefined, what: number) => Edit | null
/** Every operation on the document. */
const VERBS = {
  insertAfter: (c, _, port, what) => port && insertAfter(c, port, KINDS[what % 4]!),
  insertBefore: (c, id, _, what) => insertBefore(c, id, KINDS[what % 3]!),
  duplicateStep: (c, id) => duplicateStep(c, id),
  removeStep: (c, id) => removeStep(c, id),
  removeLanes: (c, id, _, what) => removeStep(c, id, { keep: KEEPS[what % 3]! }),
  removeSteps: (c, _, __, what) => removeSteps(c, someOf(c, what)),
  moveUp: (c, id) => moveUp(c, id),
  moveDown: (c, id) => moveDown(c, id),
  moveLane: (c, id, _, what) => moveLane(c, id, what % 2 ? 'left' : 'right'),
  connect: (c, _, port, what) => port && connect(c, port, [null, ...targetsFor(c, port.stepId)].at(what % 5) ?? null),
  paste: (c, _, port, what) => port && pasteSteps(c, port, copySteps(c, someOf(c, what))),
  updateStep: (c, id, _, what) => updateStep(c, id, { title: `Title ${what}` }),
  renameStep: (c, id, _, what) => renameStep(c, id, what % 2 ? '' : 'Name'),
  setNote: (c, id, _, what) => setNote(c, id, what % 2 ? '' : 'Note'),
  toggleDisabled: (c, id) => toggleDisabled(c, id),
} satisfies Record<string, (...args: Parameters<Verb>) => Edit | null | undefined>

const someOf = ({ steps }: Campaign, what: number) => steps.filter((_, i) => (i * 7 + what) % 4 === 0).map((s) => s.id)

/** Does it; undefined when it cannot be done. */
export function perform(campaign: Campaign, { verb, at, what }: Deed): Edit | undefined {
  const verbs: ((...args: Parameters<Verb>) => Edit | null | undefined)[] = Object.values(VERBS)
  const lines = linesOf(campaign)
  const line = lines[at % Math.max(1, lines.length)]
  const port = line && { stepId: line.from, output: line.output }
  return verbs[verb % verbs.length]!(campaign, campaign.steps[at % campaign.steps.length]!.id, port, what) ?? undefined
}
