import type { Step } from '../../../db/model/campaign-schema.ts'
import { BODY_MAX_BYTES, NODES_MAX } from '../../../db/model/limits.ts'
import { isStep } from './read.ts'

const KIND = 'campaign-steps'
const VERSION = 1

/** Steps as a text that other campaigns, tabs and people can take. */
export const toClipboard = (steps: readonly Step[]): string => JSON.stringify({ kind: KIND, v: VERSION, steps })

/** The steps of such a text; null for any other text, and for steps the store would not take. */
export function fromClipboard(text: string): Step[] | null {
  if (text.length > BODY_MAX_BYTES) return null
  const { kind, v, steps } = parsed(text)
  if (kind !== KIND || v !== VERSION || !Array.isArray(steps)) return null
  if (steps.length === 0 || steps.length > NODES_MAX || !steps.every(isStep)) return null
  return new Set(steps.map((step) => step.id)).size === steps.length ? steps : null
}

function parsed(text: string): { kind?: unknown; v?: unknown; steps?: unknown } {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    // people paste all kinds of text
    return {}
  }
}
