import type { RefusalCode } from '../../db/model/refusal.ts'
import { m } from '../texts/paraglide/messages.js'

/** What only other programs are refused with: a page never asks for it, or has words of its own. */
type ForPrograms =
  | 'operator_required'
  | 'not_stuck'
  | 'event_from_future'
  | 'chain_too_deep'
  | 'draft_unmatched'
  | 'integration_kind'

/** What pages say of each refusal they can meet; those of requests stand below those of the store. */
const WORDS = {
  orders_disabled: m.refusal_orders_disabled,
  unknown_order: m.refusal_unknown_order,
  unknown_status: m.refusal_unknown_status,
  unknown_campaign: m.refusal_unknown_campaign,
  unknown_integration: m.refusal_unknown_integration,
  order_archived: m.refusal_order_archived,
  status_locked: m.refusal_status_locked,
  status_exists: m.refusal_status_exists,
  import_invalid: m.refusal_import_invalid,
  too_many_statuses: m.refusal_too_many_statuses,
  status_in_use: m.refusal_status_in_use,
  positions_invalid: m.refusal_positions_invalid,
  unknown_container: m.refusal_unknown_container,
  container_exists: m.refusal_container_exists,
  group_required: m.refusal_group_required,
  kind_required: m.refusal_kind_required,
  timeout_invalid: m.refusal_timeout_invalid,
  timeout_cycle: m.refusal_timeout_cycle,
  template_invalid: m.refusal_template_invalid,
  campaign_invalid: m.refusal_campaign_invalid,
  campaign_not_live: m.refusal_campaign_not_live,
  campaign_published: m.refusal_campaign_published,
  unknown_version: m.refusal_unknown_version,
  unknown_step: m.refusal_unknown_step,
  draft_stale: m.refusal_draft_stale,
  number_taken: m.refusal_number_taken,
  channel_invalid: m.refusal_channel_invalid,
  channel_not_ready: m.refusal_channel_not_ready,
  unknown_segment: m.refusal_unknown_segment,
  unknown_customer: m.refusal_unknown_customer,
  segment_exists: m.refusal_segment_exists,
  segment_invalid: m.refusal_segment_invalid,
  segment_stale: m.refusal_segment_stale,
  segment_in_use: m.refusal_segment_in_use,
  unauthorized: m.refusal_unauthorized,
  cross_site: m.refusal_cross_site,
  too_busy: m.refusal_too_busy,
  invalid_request: m.refusal_invalid_request,
  body_too_large: m.refusal_body_too_large,
  not_found: m.refusal_not_found,
  unknown_phone: m.refusal_unknown_phone,
  gateway_away: m.refusal_gateway_away,
  unavailable: m.refusal_unavailable,
  internal: m.refusal_internal,
} satisfies Record<Exclude<RefusalCode, ForPrograms>, () => string> & Record<string, () => string>

/** A refusal in words; null for a code that is none of these, which then speaks for itself. */
export const refusalWords = (code: string): string | null =>
  Object.hasOwn(WORDS, code) ? WORDS[code as keyof typeof WORDS]() : null
