import { readCampaign } from '../document/read.ts'
import type { Doc } from './store.ts'

/** Work that this browser keeps because the server does not have it. */
export interface Kept {
  doc: Doc
  /** The version it was made from. */
  version: number
  atMs: number
}

const nameOf = (campaignId: string): string => `tidings.draft.${campaignId}`

/** Keeps the work; false when the browser has no room for it. */
export function keep(campaignId: string, { doc, version, atMs }: Kept): boolean {
  const { name, campaign } = doc
  try {
    const place = storage()
    place?.setItem(nameOf(campaignId), JSON.stringify({ name, draft: campaign, version, atMs }))
    return place !== null
  } catch {
    // there is no room left
    return false
  }
}

export const forget = (campaignId: string): void => storage()?.removeItem(nameOf(campaignId))

/** What is kept of a campaign; null when nothing is, or it cannot be read. */
export const findKept = (campaignId: string): Kept | null => readKept(storage()?.getItem(nameOf(campaignId)) ?? '')

/** Where browsers keep things for a page; null where they are told not to. */
function storage(): Storage | null {
  try {
    return globalThis.localStorage ?? null
  } catch {
    // even looking at it is forbidden then
    return null
  }
}

/** Reads what `keep` wrote. */
function readKept(text: string): Kept | null {
  const { name, draft, version, atMs } = parsed(text)
  const campaign = readCampaign(draft)
  if (typeof name !== 'string' || !campaign || typeof version !== 'number' || typeof atMs !== 'number') return null
  return { doc: { name, campaign }, version, atMs }
}

function parsed(text: string): { name?: unknown; draft?: unknown; version?: unknown; atMs?: unknown } {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    // another program may have written there
    return {}
  }
}
