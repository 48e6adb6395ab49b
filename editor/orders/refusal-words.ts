import { REFUSALS } from '../../db/model/refusal.ts'

/** Refusals in words, by any code: one of another release is not among them. */
export const REFUSAL_WORDS: Readonly<Record<string, string>> = REFUSALS
