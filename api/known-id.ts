import { isId } from '../db/ids.ts'
import { type RefusalCode, Refused } from '../db/model/refusal.ts'

/** The id as it was asked for. @throws Refused `unknown` for one that nothing can have, as for one that nothing has */
export function knownId(id: string, unknown: RefusalCode): string {
  if (!isId(id)) throw new Refused(unknown)
  return id
}
