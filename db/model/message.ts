/**
 * The states of a text and their rank: a later word may only raise it, so a late or repeated receipt harms nothing.
 * queued: written, nobody has it. claimed: a sender has it, may be claimed again. handing: being handed over.
 * unknown: the answer was lost; only a receipt decides. sent: the gateway has it. The others are final.
 */
export const MESSAGE_RANKS = {
  queued: 0,
  claimed: 1,
  handing: 2,
  unknown: 3,
  sent: 4,
  delivered: 5,
  undelivered: 5,
  failed: 5,
  suppressed: 5,
} as const
export type MessageState = keyof typeof MESSAGE_RANKS
export const MESSAGE_STATES = Object.keys(MESSAGE_RANKS) as MessageState[]

/** Why a text was never handed over. */
export const SUPPRESSIONS = {
  no_phone: 'The customer has no phone number that can receive texts',
  opted_out: 'The customer asked for no more texts',
  empty: 'The text was empty once its variables were filled in',
  too_long: 'The text had more than eight parts once its variables were filled in',
  unreadable: 'The text could not be made from its template',
} as const
export type Suppression = keyof typeof SUPPRESSIONS

/** The dedupe keys of the ledger: what may be sent once. Source: store.md 3. */
export const dedupeKey = {
  enrolment: (enrolmentId: string, nodeId: string) => `enrolment:${enrolmentId}:${nodeId}`,
  always: (orderId: string, statusId: string, changeId: string) => `auto:${orderId}:${statusId}:${changeId}`,
  once: (orderId: string, statusId: string) => `auto:${orderId}:${statusId}:once`,
}
