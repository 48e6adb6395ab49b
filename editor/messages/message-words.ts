import {
  CheckCheck,
  CircleHelp,
  CircleSlash,
  CircleX,
  Clock,
  type LucideIcon,
  Send,
  SendHorizontal,
  TriangleAlert,
} from 'lucide-react'
import { MESSAGE_RANKS, type MessageState, SUPPRESSIONS } from '../../db/model/message.ts'
import { m } from '../texts/paraglide/messages.js'

/** How a state of a text is told: a name, a sign, and a sentence about what it means. */
interface StateWords {
  word: () => string
  icon: LucideIcon
  tone: Tone
  about: () => string
}
export type Tone = 'waiting' | 'good' | 'bad' | 'off'

const STATE_WORDS = {
  queued: { word: m.messages_queued, icon: Clock, tone: 'waiting', about: m.messages_queued_about },
  claimed: { word: m.messages_going, icon: SendHorizontal, tone: 'waiting', about: m.messages_going_about },
  handing: { word: m.messages_going, icon: SendHorizontal, tone: 'waiting', about: m.messages_going_about },
  unknown: { word: m.messages_unknown, icon: CircleHelp, tone: 'bad', about: m.messages_unknown_about },
  sent: { word: m.messages_sent, icon: Send, tone: 'waiting', about: m.messages_sent_about },
  delivered: { word: m.messages_delivered, icon: CheckCheck, tone: 'good', about: m.messages_delivered_about },
  undelivered: { word: m.messages_undelivered, icon: CircleX, tone: 'bad', about: m.messages_undelivered_about },
  failed: { word: m.messages_failed, icon: TriangleAlert, tone: 'bad', about: m.messages_failed_about },
  suppressed: { word: m.messages_suppressed, icon: CircleSlash, tone: 'off', about: m.messages_suppressed_about },
} satisfies Record<MessageState, StateWords>

/** States that one may look for; what changes within a second is none of them. */
export const STATES_TO_FIND = [
  'queued',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'unknown',
  'suppressed',
] as const satisfies MessageState[]

/** A state of another release is told as unknown. */
export const wordsOf = (state: string): StateWords =>
  Object.hasOwn(MESSAGE_RANKS, state) ? STATE_WORDS[state as MessageState] : STATE_WORDS.unknown

/** What networks call the commonest reasons. */
const NETWORK_REASONS: Record<string, () => string> = {
  absent: m.messages_reason_absent,
  undelivered: m.messages_reason_undelivered,
}

/** Why a text stands where it stands, in words; null where there is nothing to tell. What a gateway said stays as it is. */
export function reasonOf(reason: string | null | undefined): string | null {
  if (!reason) return null
  if (Object.hasOwn(SUPPRESSIONS, reason)) return SUPPRESSIONS[reason as keyof typeof SUPPRESSIONS]
  return NETWORK_REASONS[reason]?.() ?? reason
}
