/** Every expected "no" of the product, in words for people. The code is stable; other systems rely on it. */
export const REFUSALS = {
  orders_disabled: 'Orders are switched off in this workspace. An operator switches them on.',
  operator_required: 'Only a key of the operator role may do this.',
  unknown_order: 'No order has this number.',
  unknown_status: 'No status of this type has this code.',
  unknown_campaign: 'No campaign has this id.',
  unknown_integration: 'No integration has this id.',
  order_archived: 'The order is archived; its statuses cannot change until it is taken out of the archive.',
  event_from_future: 'The event tells a time more than five minutes ahead.',
  chain_too_deep: 'One change caused the next too many times; the chain was stopped here.',
  status_locked: 'This status is built in and cannot be changed or deleted.',
  status_exists: 'A status of this type with this name or code exists already.',
  too_many_statuses: 'There are as many statuses of this type as can be kept in order.',
  status_in_use: 'The status is in use and cannot be deleted so.',
  positions_invalid: 'The new order must name every status of the type once.',
  unknown_container: 'No container is called so.',
  container_exists: 'A container with this name exists already.',
  import_invalid: 'The list cannot be taken as it is; nothing of it was added.',
  group_required: 'A general status needs one of the seven groups.',
  kind_required: 'A delivery or payment status needs a kind.',
  timeout_invalid: 'The timeout must lead to another status of the same type.',
  timeout_cycle: 'These timeouts would move an order round in a circle for ever.',
  template_invalid: 'The text of the message cannot be read.',
  campaign_invalid: 'The campaign cannot be published as it is.',
  campaign_not_live: 'The campaign was never published.',
  campaign_published: 'The campaign was published, and customers went through it. Pause it instead.',
  unknown_version: 'This campaign has no version with this number.',
  unknown_step: 'This version of the campaign has no such step.',
  draft_stale: 'Somebody saved this draft meanwhile. Load it again and repeat the change.',
  draft_unmatched: 'Say which draft you change: send its ETag in If-Match.',
  integration_kind: 'This kind of shop is not supported.',
  number_taken: 'Another order has this number.',
  channel_invalid: 'Some settings of the channel are not right.',
  unknown_segment: 'No segment has this id.',
  unknown_customer: 'No customer has this id or phone.',
  segment_exists: 'A segment with this name exists already.',
  segment_invalid: 'The segment cannot be saved or asked as it is.',
  segment_stale: 'Somebody saved this segment meanwhile. Load it again and repeat the change.',
  segment_in_use: 'Campaigns use this segment; it cannot be deleted.',
  not_stuck: 'Nothing with this id is stuck; it may have gone on meanwhile.',
  channel_not_ready: 'This channel is not connected yet. Connect it first.',
} as const
export type RefusalCode = keyof typeof REFUSALS

/** One thing that is wrong with what was asked, and where. */
export interface Problem {
  /** Where, as a path: `steps/3/message`. */
  field: string
  /** What is wrong and what was expected, for people. */
  detail: string
}

/** An expected "no": nothing was changed. Anything else that throws is a bug or an outage. */
export class Refused extends Error {
  readonly code: RefusalCode
  readonly problems: readonly Problem[]
  constructor(code: RefusalCode, problems: readonly Problem[] = []) {
    super(REFUSALS[code])
    this.name = 'Refused'
    this.code = code
    this.problems = problems
  }
}
