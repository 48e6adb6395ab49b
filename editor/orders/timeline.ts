import type { Axis } from '../../db/model/status.ts'
import { reasonOf, type Tone, wordsOf } from '../messages/message-words.ts'
import type { ORDER_TRACKS } from '../search.ts'
import { formatPeriod } from '../shell/format.ts'
import { m } from '../texts/paraglide/messages.js'
import { REFUSAL_WORDS } from './refusal-words.ts'
import { stepWords } from './timeline-steps.ts'
import { TYPE_WORDS } from './type-words.ts'

/** Something that happened to an order, as the API tells it; the form of `data` depends on `kind`. */
export interface TimelineEntry {
  at: string
  kind: keyof Kinds
  data: Record<string, unknown>
}
type Track = Exclude<(typeof ORDER_TRACKS)[number], 'all'>

/** An entry in words. Source: S0-20. */
export interface Told {
  track: Track
  sign: Sign
  title: string
  /** Further lines, less loud. */
  lines: string[]
  /** What a customer read or would have. */
  text?: string
  state?: string
  tone: Tone
  links: Link[]
}
export type Sign = 'status' | 'refusal' | 'campaign' | 'filter' | 'wait' | 'message' | 'end' | 'receipt'
export type Link =
  | { to: 'campaign'; id: string; step: string | null; words: string }
  | { to: 'phone'; number: string; words: string }

interface Actor {
  actor: string
  actorId: string | null
  actorName: string | null
}
interface Kinds {
  status: Actor & { type: Axis; from: string | null; to: string; reason: string | null; silent: boolean }
  refusal: Actor & { type: Axis; wanted: string; code: string }
  enrolment: { campaign: string; campaignId: string; version: number; state: string; endReason: string | null }
  step: StepData
  message: TextData
  receipt: { id: string; state: string; reason: string | null }
}
export interface StepData {
  campaign: string
  campaignId: string
  version: number
  step: string | null
  kind: string | null
  title: string | null
  outcome: string
  until: string | null
}
interface TextData {
  phone: string | null
  text: string
  parts: number
  state: string
  reason: string | null
  campaign: string | null
  campaignId: string | null
  step: string | null
  status: string | null
}

/** How moments are written. */
export type Moment = (at: string) => string

const TELLERS: { [K in keyof Kinds]: (data: Kinds[K], moment: Moment) => Told } = {
  status: ({ type, from, to, reason, silent, ...actor }) => ({
    track: 'statuses',
    sign: 'status',
    title:
      from === null
        ? m.timeline_began({ type: TYPE_WORDS[type](), to })
        : m.timeline_moved({ type: TYPE_WORDS[type](), from, to }),
    lines: told(...whoAndWhy(actor, reason), silent ? m.timeline_silent() : null),
    tone: 'good',
    links: [],
  }),
  refusal: ({ type, wanted, code, ...actor }) => ({
    track: 'statuses',
    sign: 'refusal',
    title: m.timeline_refused({ type: TYPE_WORDS[type](), to: wanted }),
    lines: told(REFUSAL_WORDS[code] ?? code, byWhom(actor)),
    tone: 'bad',
    links: [],
  }),
  enrolment: ({ campaign, campaignId, version, state, endReason }) => ({
    track: 'campaigns',
    sign: 'campaign',
    title: m.timeline_entered({ campaign }),
    lines: told(m.timeline_version({ version }), STAYS[endReason ?? state]?.() ?? null),
    tone: 'good',
    links: [{ to: 'campaign', id: campaignId, step: null, words: m.timeline_see_campaign() }],
  }),
  step: stepWords,
  message: tellText,
  receipt: ({ state, reason }) => ({
    track: 'messages',
    sign: 'receipt',
    title: state === 'delivered' ? m.timeline_delivered() : m.timeline_undelivered(),
    lines: told(reasonOf(reason)),
    tone: wordsOf(state).tone,
    links: [],
  }),
}

/** What happened, in words for people. */
export function tell<K extends keyof Kinds>({ kind, data }: TimelineEntry & { kind: K }, moment: Moment): Told {
  return TELLERS[kind](data as Kinds[K] & Record<string, unknown>, moment)
}

/** Why an order is in a campaign, or no longer; by the state of its way, or what ended it. */
const STAYS: Record<string, () => string> = {
  walking: m.timeline_stays_walking,
  waiting: m.timeline_stays_waiting,
  finished: m.timeline_stays_finished,
  left_status: m.timeline_stays_left,
}

function tellText({ phone, text, parts, state, reason, campaign, campaignId, step, status }: TextData): Told {
  const isHeldBack = state === 'suppressed'
  const source = campaign ?? status
  return {
    track: 'messages',
    sign: 'message',
    title: isHeldBack ? m.timeline_text_suppressed() : m.timeline_text({ phone: phone ?? '' }),
    lines: told(
      reasonOf(reason),
      source === null
        ? null
        : campaign
          ? m.timeline_text_campaign({ campaign })
          : m.timeline_text_status({ status: source }),
      parts > 1 ? m.messages_parts({ count: parts }) : null,
    ),
    ...(text !== '' && { text }),
    state,
    tone: wordsOf(state).tone,
    links: [
      ...(phone && !isHeldBack ? [{ to: 'phone', number: phone, words: m.timeline_see_phone() } as const] : []),
      ...(campaignId ? [{ to: 'campaign', id: campaignId, step, words: m.timeline_see_step() } as const] : []),
    ],
  }
}

const ACTORS: Record<string, (name: string | null, id: string | null) => string> = {
  person: () => m.timeline_by_person(),
  key: (name) => (name ? m.timeline_by_key({ name }) : m.timeline_by_api()),
  integration: (name) => (name ? m.timeline_by_integration({ name }) : m.timeline_by_shop()),
  timeout: (name) => (name ? m.timeline_by_timeout({ name }) : m.timeline_by_itself()),
  campaign: (name) => (name ? m.timeline_by_campaign({ name }) : m.timeline_by_some_campaign()),
  // only keys have names
  bulk: (name, id) =>
    name ? m.timeline_by_bulk_key({ name }) : id ? m.timeline_by_bulk_person() : m.timeline_by_bulk(),
  import: () => m.timeline_by_import(),
}
const byWhom = ({ actor, actorId, actorName }: Actor): string => ACTORS[actor]?.(actorName, actorId) ?? actor

/** Who changed a status, and the reason that was given; a timeout's is its period. Source: S0-20, S0-21. */
function whoAndWhy(who: Actor, reason: string | null): (string | null)[] {
  if (who.actor !== 'timeout' || !reason) return [byWhom(who), reason]
  const [period, name] = [formatPeriod(reason), who.actorName]
  return [name ? m.timeline_by_timeout_period({ period, name }) : m.timeline_by_timeout_some({ period })]
}

/** The lines that there are. */
const told = (...lines: (string | null)[]): string[] => lines.filter((line) => line !== null && line !== '') as string[]
