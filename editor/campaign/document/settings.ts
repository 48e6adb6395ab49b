import type { Campaign, Step, StepOf } from '../../../db/model/campaign-schema.ts'
import { NOTE_MAX, STEP_TITLE_MAX } from '../../../db/model/limits.ts'
import { maySwitchOff, type NodeKind } from '../../../db/model/node-outputs.ts'
import { flowOf } from './document.ts'
import type { Edit } from './edit.ts'

/** Settings of a step to change; undefined takes one away. */
export type Patch<K extends NodeKind = NodeKind> = K extends NodeKind
  ? { [F in Exclude<keyof StepOf<K>, 'id' | 'kind' | 'next'>]?: StepOf<K>[F] | undefined }
  : never

/** Changes settings of a step. The same document when nothing changes; null when there is no such step. */
export function updateStep<K extends NodeKind>(campaign: Campaign, id: string, patch: Patch<K>): Edit | null {
  const step = flowOf(campaign).steps.get(id)
  if (!step) return null
  const was = new Map<string, unknown>(Object.entries(step))
  if (Object.entries(patch).every(([field, value]) => was.get(field) === value)) return { campaign, select: id }
  const settings = Object.entries({ ...step, ...patch }).filter(([, value]) => value !== undefined)
  const changed = Object.fromEntries(settings) as Step
  return { campaign: { steps: campaign.steps.map((s) => (s === step ? changed : s)) }, select: id }
}

/** The step's own title; an empty one gives it its kind's again. */
export const renameStep = (campaign: Campaign, id: string, title: string): Edit | null =>
  updateStep(campaign, id, { title: title.trim().slice(0, STEP_TITLE_MAX).trim() || undefined })

/** The note on a step; an empty one is taken away. */
export const setNote = (campaign: Campaign, id: string, note: string): Edit | null =>
  updateStep(campaign, id, { note: note.trim() === '' ? undefined : note.slice(0, NOTE_MAX) })

/** Switches a step off, or on again. Null for the trigger and an exit, which are always on. */
export function toggleDisabled(campaign: Campaign, id: string): Edit | null {
  const step = flowOf(campaign).steps.get(id)
  return step && maySwitchOff(step.kind)
    ? updateStep(campaign, id, { disabled: step.disabled ? undefined : true })
    : null
}
