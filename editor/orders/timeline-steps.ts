import { m } from '../texts/paraglide/messages.js'
import type { Moment, Sign, StepData, Told } from './timeline.ts'

type Row = { sign: Sign; title: (step: { title: string; until: string }) => string }

/** What members do at a step, by what is noted of them there. Source: engine, one outcome a step. */
const OUTCOMES: Record<string, Row> = {
  yes: { sign: 'filter', title: ({ title }) => m.timeline_step_yes({ title }) },
  no: { sign: 'filter', title: ({ title }) => m.timeline_step_no({ title }) },
  waits: { sign: 'wait', title: ({ until }) => m.timeline_step_waits({ until }) },
  waited: { sign: 'wait', title: () => m.timeline_step_waited() },
  left: { sign: 'end', title: () => m.timeline_step_left() },
  queued: { sign: 'message', title: () => m.timeline_step_queued() },
  suppressed: { sign: 'message', title: () => m.timeline_step_suppressed() },
  skipped: { sign: 'campaign', title: ({ title }) => m.timeline_step_skipped({ title }) },
  ended: { sign: 'end', title: () => m.timeline_step_ended() },
}

/** The names of steps that have no own one; a kind of another release tells its code. */
const KINDS: Record<string, () => string> = {
  filter_customers: m.timeline_kind_filter,
  wait: m.timeline_kind_wait,
  send_sms: m.timeline_kind_sms,
}

/** A step of a campaign, in words; an outcome of another release tells its code. */
export function stepWords(data: StepData, moment: Moment): Told {
  const { campaign, campaignId, step, kind, outcome, until } = data
  const title = data.title || (KINDS[kind ?? '']?.() ?? kind ?? m.timeline_kind_gone())
  const row = OUTCOMES[outcome]
  return {
    track: 'campaigns',
    sign: row?.sign ?? 'campaign',
    title: row?.title({ title, until: until ? moment(until) : '' }) ?? `${title}: ${outcome}`,
    lines: [
      data.title && outcome !== 'yes' && outcome !== 'no' && outcome !== 'skipped'
        ? `${campaign} · ${title}`
        : campaign,
    ],
    tone: outcome === 'suppressed' || outcome === 'left' ? 'off' : 'good',
    links: [{ to: 'campaign', id: campaignId, step, words: m.timeline_see_step() }],
  }
}
