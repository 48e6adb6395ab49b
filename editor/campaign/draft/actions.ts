import type { Campaign, Step } from '../../../db/model/campaign-schema.ts'
import { STEP_TITLE_MAX } from '../../../db/model/limits.ts'
import type { NodeKind } from '../../../db/model/node-outputs.ts'
import { m } from '../../texts/paraglide/messages.js'
import { toClipboard } from '../document/clipboard.ts'
import { flowOf, lanesOf, outputsOf, type Port } from '../document/document.ts'
import type { Edit } from '../document/edit.ts'
import { addTrigger, duplicateStep, insertAfter, insertBefore } from '../document/insert.ts'
import { connect, moveDown, moveLane, moveUp } from '../document/move.ts'
import { copySteps, pasteSteps } from '../document/paste.ts'
import { removeStep, removeSteps } from '../document/remove.ts'
import { type Patch, renameStep, setNote, toggleDisabled, updateStep } from '../document/settings.ts'
import { KIND_WORDS, outputWord, titleOf } from '../step/words.ts'
import { changedStep } from './selection.ts'
import { change, type Editor, historyOf, leadOf, type } from './store.ts'

/** Says something to screen readers; the same words twice are said twice. */
export function announce(editor: Editor, words: string): void {
  const again = editor.getState().announced === words
  editor.setState({ announced: again ? `${words} ` : words })
}

/** Chooses steps, the last of them leads, and brings the keyboard there when asked. */
export function select(editor: Editor, selected: readonly string[], { focus = false } = {}): void {
  editor.setState({ selected })
  const lead = selected.at(-1)
  if (focus && lead !== undefined) editor.getState().view?.focus(lead)
}

/** Makes an operation's outcome one entry of the history, chooses its step and says what happened. */
function perform(editor: Editor, done: string, edit: Edit | null): boolean {
  if (!edit || !change(editor, done, { campaign: edit.campaign })) return false
  announce(editor, m.editor_said({ what: done, count: edit.campaign.steps.length }))
  select(editor, edit.select === null ? [] : [edit.select], { focus: true })
  return true
}

const stepOf = (editor: Editor, id: string): Step | undefined => flowOf(editor.getState().campaign).steps.get(id)
const wordsOf = (editor: Editor, id: string): string => {
  const step = stepOf(editor, id)
  return step ? titleOf(step) : id
}

/** Adds a step at a line, or on all lines into a step when no way out is named, and opens its panel. */
export function add(editor: Editor, at: { stepId: string; output: string | null }, kind: NodeKind): boolean {
  const { campaign } = editor.getState()
  const { stepId, output } = at
  const edit = output === null ? insertBefore(campaign, stepId, kind) : insertAfter(campaign, { stepId, output }, kind)
  const names = { kind: KIND_WORDS[kind](), step: wordsOf(editor, stepId) }
  return added(
    editor,
    kind,
    edit,
    output === null ? m.editor_said_added_before(names) : m.editor_said_added_after(names),
  )
}

/** Adds the trigger to a campaign that has none. */
export function begin(editor: Editor): boolean {
  const kind = 'order_status_changed'
  return added(editor, kind, addTrigger(editor.getState().campaign), m.editor_did_add({ kind: KIND_WORDS[kind]() }))
}

function added(editor: Editor, kind: NodeKind, edit: Edit | null, said: string): boolean {
  const done = m.editor_did_add({ kind: KIND_WORDS[kind]() })
  if (!edit?.select || !change(editor, done, { campaign: edit.campaign })) return false
  announce(editor, m.editor_said({ what: said, count: edit.campaign.steps.length }))
  editor.setState({ selected: [edit.select], isPanelOpen: true })
  editor.getState().view?.show(edit.select)
  return true
}

/** What deleting the chosen steps needs first: an answer when one is a split with steps in its lanes. */
export function laneQuestion(editor: Editor): string | null {
  const { selected, campaign } = editor.getState()
  const [only] = selected
  const isSplit = selected.length === 1 && lanesOf(campaign, only!).some(({ stepIds }) => stepIds.length > 0)
  return isSplit ? only! : null
}

/** Deletes the chosen steps; of a split `keep` names the lane that stays. Answers how undo names it; null when nothing went. */
export function remove(editor: Editor, keep?: string): string | null {
  const { selected, campaign } = editor.getState()
  const [only] = selected
  if (only === undefined) return null
  const done =
    selected.length > 1
      ? m.editor_did_delete_many({ count: selected.length })
      : m.editor_did_delete({ step: wordsOf(editor, only) })
  const edit = keep === undefined ? removeSteps(campaign, selected) : removeStep(campaign, only, { keep })
  return perform(editor, done, edit) ? done : null
}

export function duplicate(editor: Editor): void {
  const { selected, campaign } = editor.getState()
  const lead = leadOf(editor.getState())
  if (lead === null) return
  if (selected.length > 1) return void paste(editor, copySteps(campaign, selected))
  perform(editor, m.editor_did_duplicate({ step: wordsOf(editor, lead) }), duplicateStep(campaign, lead))
}

const MOVES = {
  up: moveUp,
  down: moveDown,
  left: (campaign, id) => moveLane(campaign, id, 'left'),
  right: (campaign, id) => moveLane(campaign, id, 'right'),
} satisfies Record<string, typeof moveUp>

export function move(editor: Editor, way: keyof typeof MOVES): void {
  const state = editor.getState()
  const lead = leadOf(state)
  if (lead === null) return
  const edit = MOVES[way](state.campaign, lead)
  const isDone = perform(editor, m.editor_did_move({ step: wordsOf(editor, lead) }), edit)
  if (!isDone) announce(editor, m.editor_said_stays({ step: wordsOf(editor, lead) }))
}

/** Leads a way out to another step, or to the end. */
export function lead(editor: Editor, port: Port, to: string | null): void {
  const edit = connect(editor.getState().campaign, port, to)
  const target = to === null ? m.step_end() : wordsOf(editor, to)
  if (edit) change(editor, m.editor_did_lead({ output: outputWord(port.output), target }), { campaign: edit.campaign })
}

/** Switches the step that leads off, or on again; the focus goes to its card unless it is to stay. */
export function toggle(editor: Editor, isFocusing = true): void {
  const { campaign, ...state } = editor.getState()
  const id = leadOf(state)
  const step = id === null ? undefined : stepOf(editor, id)
  const edit = step && toggleDisabled(campaign, step.id)
  if (!edit) return
  const words = { step: titleOf(step) }
  const done = step.disabled ? m.editor_did_enable(words) : m.editor_did_disable(words)
  if (isFocusing) perform(editor, done, edit)
  else if (change(editor, done, { campaign: edit.campaign })) announce(editor, done)
}

/** Settings chosen at once, such as a switch or a list. */
export function set<K extends NodeKind>(editor: Editor, id: string, patch: Patch<K>): void {
  const edit = updateStep<K>(editor.getState().campaign, id, patch)
  if (edit) change(editor, m.editor_did_edit({ step: wordsOf(editor, id) }), { campaign: edit.campaign })
}

/** Settings that are typed. */
export function write<K extends NodeKind>(editor: Editor, id: string, field: string, patch: Patch<K>): void {
  typed(editor, id, field, updateStep<K>(editor.getState().campaign, id, patch))
}
/** As typed, a space at the end included; `finishTitle` tidies it. */
export const writeTitle = (editor: Editor, id: string, title: string): void =>
  write(editor, id, 'title', { title: title.slice(0, STEP_TITLE_MAX) || undefined })
export const finishTitle = (editor: Editor, id: string, title: string): void =>
  typed(editor, id, 'title', renameStep(editor.getState().campaign, id, title))
export const writeNote = (editor: Editor, id: string, note: string): void =>
  typed(editor, id, 'note', setNote(editor.getState().campaign, id, note))

function typed(editor: Editor, id: string, field: string, edit: Edit | null): void {
  const done = m.editor_did_edit({ step: wordsOf(editor, id) })
  if (edit) type(editor, `${id}/${field}`, done, { campaign: edit.campaign }, Date.now())
}

export function rename(editor: Editor, name: string): void {
  const clean = name.trim()
  if (clean !== '') change(editor, m.editor_did_rename(), { name: clean })
}

/** The chosen steps as a text; null when there is nothing but the trigger. */
export function copied(editor: Editor): string | null {
  const { campaign, selected } = editor.getState()
  const steps = copySteps(campaign, selected)
  if (steps.length > 0) announce(editor, m.editor_said_copied({ count: steps.length }))
  return steps.length > 0 ? toClipboard(steps) : null
}

/** Puts steps behind the one that leads, else at the end of the first lane; false when there is no room for them. */
export function paste(editor: Editor, steps: readonly Step[]): boolean {
  const state = editor.getState()
  const { order, steps: all } = flowOf(state.campaign)
  const at = leadOf(state) ?? order.findLast((id) => outputsOf(all.get(id)!).length > 0)
  const [output] = at === undefined ? [] : outputsOf(all.get(at)!)
  if (at === undefined || output === undefined) return false
  return perform(
    editor,
    m.editor_did_paste({ count: steps.length }),
    pasteSteps(state.campaign, { stepId: at, output }, steps),
  )
}

/** Goes one entry back or on in the history, and to the step that it is about. */
export function travel(editor: Editor, way: 'undo' | 'redo'): void {
  const name = historyOf(editor)[way]
  if (name === null || editor.getState().isReadOnly) return
  const before = editor.getState().campaign
  editor.temporal.getState()[way]()
  const { campaign, selected } = editor.getState()
  editor.setState({ typing: null })
  announce(editor, way === 'undo' ? m.editor_said_undone({ what: name }) : m.editor_said_redone({ what: name }))
  const goal = goalOf(before, campaign, selected.at(-1))
  if (goal !== undefined && campaign !== before) select(editor, [goal], { focus: true })
}

/** The step that leads when it is part of what changed, else the first that is. */
function goalOf(before: Campaign, after: Campaign, lead: string | undefined): string | undefined {
  const isConcerned = lead !== undefined && flowOf(before).steps.get(lead) !== flowOf(after).steps.get(lead)
  return isConcerned ? lead : (changedStep(before, after) ?? lead)
}
