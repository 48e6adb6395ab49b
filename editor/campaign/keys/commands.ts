import { flowOf, outputsOf } from '../document/document.ts'
import { firstStep, lastStep, nextOf, previousOf, siblings } from '../document/walk.ts'
import { duplicate, laneQuestion, move, select, toggle, travel } from '../draft/actions.ts'
import { extended } from '../draft/selection.ts'
import { type Editor, leadOf } from '../draft/store.ts'
import type { Command } from './keys.ts'

/** What the page around the canvas does for commands. */
export interface Surroundings {
  saveNow(): void
  publish(): void
  /** Deletes what is chosen, with a way back. */
  remove(): void
  /** Brings the keyboard to a field of the panel. */
  enterPanel(field?: 'title' | 'note'): void
}

type Work = (editor: Editor, around: Surroundings) => void

const walk =
  (to: (editor: Editor, lead: string) => string | null): Work =>
  (editor) => {
    const { campaign } = editor.getState()
    const lead = leadOf(editor.getState())
    const goal = lead === null ? firstStep(campaign) : to(editor, lead)
    select(editor, goal === null ? editor.getState().selected : [goal ?? lead!], { focus: true })
  }
const campaignOf = (editor: Editor) => editor.getState().campaign

const openMenu =
  (place: 'after' | 'before'): Work =>
  (editor) => {
    const { campaign, view } = editor.getState()
    const stepId = leadOf(editor.getState()) ?? lastStep(campaign)
    if (stepId === null) return
    const [output] = outputsOf(flowOf(campaign).steps.get(stepId)!)
    const isFirst = flowOf(campaign).order[0] === stepId
    if (place === 'before' && isFirst) return
    const box = view?.boxOf(stepId)
    const at = { x: box?.left ?? 0, y: (place === 'after' ? box?.bottom : box?.top) ?? 0 }
    editor.setState({ menu: { stepId, output: place === 'after' && output !== undefined ? output : null, ...at } })
  }

const toPanel =
  (field?: 'title' | 'note'): Work =>
  (editor, { enterPanel }) => {
    if (leadOf(editor.getState()) === null) return
    editor.setState({ isPanelOpen: true })
    enterPanel(field)
  }

const switched =
  (field: 'hasOutline' | 'hasMinimap'): Work =>
  (editor) =>
    editor.setState({ [field]: !editor.getState()[field] })

/** What each key does. */
export const COMMAND_WORK = {
  next: walk((editor, lead) => nextOf(campaignOf(editor), lead)),
  previous: walk((editor, lead) => previousOf(campaignOf(editor), lead)),
  left: walk((editor, lead) => siblings(campaignOf(editor), lead).left),
  right: walk((editor, lead) => siblings(campaignOf(editor), lead).right),
  first: walk((editor) => firstStep(campaignOf(editor))),
  last: walk((editor) => lastStep(campaignOf(editor))),
  openPanel: toPanel(),
  back,
  find: (editor) => editor.setState({ dialog: 'find' }),
  extend: (editor) => select(editor, extended(campaignOf(editor), editor.getState().selected), { focus: true }),
  selectAll: (editor) => select(editor, withLead(flowOf(campaignOf(editor)).order, leadOf(editor.getState()))),
  addAfter: openMenu('after'),
  addBefore: openMenu('before'),
  moveUp: (editor) => move(editor, 'up'),
  moveDown: (editor) => move(editor, 'down'),
  moveLeft: (editor) => move(editor, 'left'),
  moveRight: (editor) => move(editor, 'right'),
  remove: (editor, { remove }) => (laneQuestion(editor) === null ? remove() : editor.setState({ dialog: 'split' })),
  rename: toPanel('title'),
  note: toPanel('note'),
  toggle: (editor) => toggle(editor),
  duplicate,
  copy: () => {},
  cut: () => {},
  paste: () => {},
  undo: (editor) => travel(editor, 'undo'),
  redo: (editor) => travel(editor, 'redo'),
  save: (_, { saveNow }) => saveNow(),
  publish: (_, { publish }) => publish(),
  fit: (editor) => editor.getState().view?.fit(),
  full: (editor) => editor.getState().view?.zoom('full'),
  zoomIn: (editor) => editor.getState().view?.zoom('in'),
  zoomOut: (editor) => editor.getState().view?.zoom('out'),
  outline: switched('hasOutline'),
  minimap: switched('hasMinimap'),
  help: (editor) => editor.setState({ dialog: 'keys' }),
} satisfies Record<Command, Work>

/** All ids, the one that leads still last. */
const withLead = (ids: readonly string[], lead: string | null): readonly string[] =>
  lead === null ? ids : [...ids.filter((id) => id !== lead), lead]

/** One step out: from the panel to the canvas, from several steps to one, from one to none. */
function back(editor: Editor): void {
  const { selected, view, isPanelOpen } = editor.getState()
  const lead = selected.at(-1)
  const isInPanel = document.activeElement?.closest('[data-panel]') != null
  if (isInPanel || isPanelOpen) {
    editor.setState({ isPanelOpen: false })
    if (lead !== undefined) view?.focus(lead)
    return
  }
  select(editor, selected.length > 1 ? [lead!] : [])
}
