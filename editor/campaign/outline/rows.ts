import type { Campaign } from '../../../db/model/campaign-schema.ts'
import { type OutlineLane, type OutlineStep, outlineOf } from '../document/outline.ts'

/** A line of the outline as it is read from top to bottom. */
export type OutlineRow =
  | { kind: 'step'; stepId: string; level: number; hasMore: boolean }
  | {
      kind: 'lane'
      key: string
      output: string
      goesOnWith: string | null
      isEmpty: boolean
      level: number
      hasMore: boolean
    }

/** The outline without nesting; levels tell what stands below what, from 1. */
export const rowsOf = (campaign: Campaign): OutlineRow[] => outlineOf(campaign).flatMap((step) => stepRows(step, 1))

const stepRows = ({ stepId, lanes }: OutlineStep, level: number): OutlineRow[] => [
  { kind: 'step', stepId, level, hasMore: lanes.length > 0 },
  ...lanes.flatMap((lane) => laneRows(stepId, lane, level + 1)),
]

function laneRows(splitId: string, { output, steps, goesOnWith }: OutlineLane, level: number): OutlineRow[] {
  const hasMore = steps.length > 0
  const row = {
    kind: 'lane',
    key: `${splitId}/${output}`,
    output,
    goesOnWith,
    isEmpty: !hasMore,
    level,
    hasMore,
  } as const
  return [row, ...steps.flatMap((step) => stepRows(step, level + 1))]
}
