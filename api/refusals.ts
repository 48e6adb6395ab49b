import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type Problem, type RefusalCode, Refused } from '../db/model/refusal.ts'

/** The HTTP status of every refusal of the store. */
export const STATUSES = {
  orders_disabled: 403,
  operator_required: 403,
  unknown_order: 404,
  unknown_status: 404,
  unknown_campaign: 404,
  unknown_integration: 404,
  order_archived: 409,
  event_from_future: 422,
  chain_too_deep: 422,
  status_locked: 409,
  status_exists: 409,
  import_invalid: 422,
  too_many_statuses: 422,
  status_in_use: 409,
  positions_invalid: 422,
  unknown_container: 404,
  container_exists: 409,
  group_required: 422,
  kind_required: 422,
  timeout_invalid: 422,
  timeout_cycle: 422,
  template_invalid: 422,
  campaign_invalid: 422,
  campaign_not_live: 409,
  campaign_published: 409,
  unknown_version: 404,
  unknown_step: 404,
  draft_stale: 412,
  draft_unmatched: 428,
  integration_kind: 422,
  number_taken: 409,
  channel_invalid: 422,
  unknown_segment: 404,
  unknown_customer: 404,
  segment_exists: 409,
  segment_invalid: 422,
  segment_stale: 412,
  segment_in_use: 409,
  not_stuck: 404,
  channel_not_ready: 409,
} satisfies Record<RefusalCode, ContentfulStatusCode>

/** A refusal of the store that has another status at this address. */
export class RefusedAs extends Refused {
  readonly status: ContentfulStatusCode
  constructor(status: ContentfulStatusCode, code: RefusalCode) {
    super(code)
    this.status = status
  }
}

type Row = { status: ContentfulStatusCode; detail: string; headers?: Record<string, string> }

/** The "no"s that only a request can get. */
export const REQUEST_REFUSALS = {
  unauthorized: {
    status: 401,
    detail: 'Sign in, or send a valid key in the header: Authorization: Bearer td_….',
    headers: { 'WWW-Authenticate': 'Bearer realm="tidings"' },
  },
  cross_site: {
    status: 403,
    detail: 'A signed-in browser may change something only from a page of Tidings itself.',
  },
  too_many_pages: {
    status: 429,
    detail: 'Too many pages of this workspace listen already; close some.',
    headers: { 'Retry-After': '30' },
  },
  too_busy: {
    status: 429,
    detail: 'More comes than can be taken in now. Nothing of this was; send it again in a moment.',
    headers: { 'Retry-After': '1' },
  },
  wrong_signature: {
    status: 401,
    detail: 'The signature is missing or does not fit the body and the secret.',
    headers: { 'WWW-Authenticate': 'HMAC-SHA256 header="X-WC-Webhook-Signature"' },
  },
  invalid_json: { status: 400, detail: 'The body is not JSON that can be read.' },
  invalid_request: { status: 422, detail: 'The request is not as described in /docs.' },
  body_too_large: { status: 413, detail: 'The body is too large.' },
  wrong_content_type: { status: 415, detail: 'Send the body as application/json.' },
  not_found: { status: 404, detail: 'There is nothing at this address.' },
  method_not_allowed: { status: 405, detail: 'This address does not take this method.' },
  unknown_phone: { status: 404, detail: 'This phone of the sandbox network never got a text, or it was forgotten.' },
  gateway_away: {
    status: 503,
    detail: 'The sandbox network does not answer; try again in a moment.',
    headers: { 'Retry-After': '2' },
  },
  unavailable: {
    status: 503,
    detail: 'A part of Tidings is away; try again in a moment.',
    headers: { 'Retry-After': '2' },
  },
  internal: {
    status: 500,
    detail: 'Something went wrong on our side; the log tells more under the id of this request.',
  },
} satisfies Record<string, Row>
export type RequestCode = keyof typeof REQUEST_REFUSALS

/** A request that cannot be taken as it is; nothing was changed. */
export class RequestRefused extends Error {
  readonly code: RequestCode
  readonly problems: readonly Problem[]
  constructor(code: RequestCode, problems: readonly Problem[] = [], detail?: string) {
    super(detail ?? REQUEST_REFUSALS[code].detail)
    this.name = 'RequestRefused'
    this.code = code
    this.problems = problems
  }
}
