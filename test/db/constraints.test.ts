import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MESSAGE_STATES } from '../../db/model/message.ts'
import { ACTOR_KINDS } from '../../db/model/moves.ts'
import { UNITS } from '../../db/model/period.ts'
import { AXES, DELIVERY_KINDS, GROUP_ROWS, GROUPS, PAYMENT_KINDS } from '../../db/model/status.ts'
import { freshStore, makeDesk } from '../factories.ts'
import { fill } from './isolation-cases.ts'

const { store, url } = await freshStore()
/** The owner of the tables, whom no policy holds: what is refused here is refused to everybody. */
const owner = postgres(url, { max: 1, onnotice: () => {} })
let ws: string

beforeAll(async () => {
  const { desk } = await fill(await makeDesk(store))
  ws = desk.id
  await fill(await makeDesk(store))
})
afterAll(() => owner.end())

const status = (code: string, axis = 'general') =>
  `(select id from order_statuses where workspace_id = '$ws' and axis = '${axis}' and code = '${code}')`
const other = `(select id from order_statuses where workspace_id <> '$ws' and axis = 'general' and code = 'paid')`
const anOrder = `(select id from orders where workspace_id = '$ws' and general_seq > 2)`
const mine = `where workspace_id = '$ws'`
const newStatus = (columns: string, values: string) =>
  `insert into order_statuses (id, workspace_id, name, name_key, code, origin, position, created_at, ${columns})
   values (gen_random_uuid(), '$ws', 'New', 'new', 'new', 'own', 99, now(), ${values})`
const newChange = (seq: string, from: string, to: string, more = '0') =>
  `insert into order_status_changes (id, workspace_id, order_id, axis, seq, from_status_id, to_status_id, changed_at,
   recorded_at, actor_kind, depth) values (gen_random_uuid(), '$ws', ${anOrder}, 'general', ${seq}, ${from}, ${to}, now(),
   now(), 'key', ${more})`

/** SQLSTATEs: 23505 not unique, 23503 no such row, 23514 a rule of the row, 23502 missing, P0001 a trigger. */
const WRONG: [string, string, string][] = [
  [
    'a delivery status as an order’s general one',
    `update orders set general_status_id = ${status('shipped', 'delivery')} ${mine}`,
    '23503',
  ],
  ['a status of another workspace', `update orders set general_status_id = ${other} ${mine}`, '23503'],
  ['an order without a status that has a sequence', `update orders set payment_status_id = null ${mine}`, '23514'],
  ['a negative total', `update orders set total = -0.01 ${mine}`, '23514'],
  ['two orders with one number', `update orders set number = 'same' ${mine}`, '23505'],
  ['a second initial status', `update order_statuses set is_initial = true where id = ${status('sent')}`, '23505'],
  ['a second locked status', `update order_statuses set is_locked = true where id = ${status('sent')}`, '23505'],
  ['S0-03 Processing deleted', `delete from order_statuses where id = ${status('processing')}`, 'P0001'],
  [
    'S0-03 Processing deleted softly',
    `update order_statuses set deleted_at = now() where id = ${status('processing')}`,
    'P0001',
  ],
  ['S0-04 Processing renamed', `update order_statuses set name = 'New' where id = ${status('processing')}`, 'P0001'],
  ['Processing recoded', `update order_statuses set code = 'new' where id = ${status('processing')}`, 'P0001'],
  [
    'Processing in another group',
    `update order_statuses set group_code = 'sent' where id = ${status('processing')}`,
    'P0001',
  ],
  ['Processing unlocked', `update order_statuses set is_locked = false where id = ${status('processing')}`, 'P0001'],
  [
    'a status that changes its type',
    `update order_statuses set axis = 'payment', group_code = null, payment_kind = 'paid' where id = ${status('spam')}`,
    'P0001',
  ],
  ['S0-10 a general status without a group', newStatus('axis', `'general'`), '23502'],
  ['a general status with a kind', newStatus('axis, group_code, payment_kind', `'general', 'sent', 'paid'`), '23514'],
  [
    'a delivery status with a group',
    newStatus('axis, delivery_kind, group_code', `'delivery', 'shipped', 'sent'`),
    '23514',
  ],
  ['an eighth group', newStatus('axis, group_code', `'general', 'archive'`), '23514'],
  ['S1-03 a fourth type', newStatus('axis, group_code', `'shipping', 'sent'`), '23514'],
  ['two statuses with one code', `update order_statuses set code = 'paid' where id = ${status('sent')}`, '23505'],
  ['two statuses with one name', `update order_statuses set name_key = 'paid' where id = ${status('sent')}`, '23505'],
  ['S0-12 a group added', `insert into status_groups values ('archive', 'Archive', '#000000', 8)`, 'P0001'],
  ['S0-13 a group renamed', `update status_groups set name = 'Done' where code = 'paid'`, 'P0001'],
  ['a group removed', `delete from status_groups where code = 'paid'`, 'P0001'],
  ['all groups removed', `truncate status_groups cascade`, 'P0001'],
  ['history rewritten', `update order_status_changes set actor_kind = 'person' ${mine}`, 'P0001'],
  ['history deleted', `delete from order_status_changes ${mine}`, 'P0001'],
  ['history emptied', `truncate order_status_changes cascade`, 'P0001'],
  ['a customer’s past rewritten', `update customer_revisions set name = '' ${mine}`, 'P0001'],
  ['an order’s past deleted', `delete from order_revisions ${mine}`, 'P0001'],
  ['a campaign’s journal rewritten', `update enrolment_steps set outcome = 'yes' ${mine}`, 'P0001'],
  ['a refusal deleted', `delete from status_change_refusals ${mine}`, 'P0001'],
  ['a change from a status to itself', newChange('99', status('paid'), status('paid')), '23514'],
  ['a change from nothing that is not the first', newChange('99', 'null', status('paid')), '23514'],
  ['a second change with one sequence', newChange('2', status('processing'), status('paid')), '23505'],
  ['a change deeper than chains go', newChange('99', status('sent'), status('paid'), '9'), '23514'],
  ['a timeout to itself', `update status_timeouts set to_status_id = status_id ${mine}`, '23514'],
  [
    'a timeout to another axis',
    `update status_timeouts set to_status_id = ${status('paid', 'payment')} ${mine}`,
    '23503',
  ],
  ['a timeout of no length', `update status_timeouts set amount = 0 ${mine}`, '23514'],
  ['a published campaign changed', `update campaign_versions set document = '{}' ${mine}`, 'P0001'],
  ['a version live from another moment', `update campaign_versions set live_from = now() ${mine}`, 'P0001'],
  [
    'two live versions',
    `insert into campaign_versions (id, workspace_id, campaign_id, number, document, published_by, live_from)
    select gen_random_uuid(), workspace_id, campaign_id, 9, document, 'x', now() from campaign_versions ${mine}`,
    '23505',
  ],
  [
    'one entry into a campaign twice',
    `insert into enrolments (id, workspace_id, campaign_id, version_id, change_id, order_id, cohort_id, state, entered_at, node_id)
    select gen_random_uuid(), workspace_id, campaign_id, version_id, change_id, order_id, cohort_id, 'walking', now(), 'x' from enrolments ${mine}`,
    '23505',
  ],
  ['somebody who waits for nothing', `update enrolments set due_at = null ${mine} and state = 'waiting'`, '23514'],
  [
    'somebody who ended without a reason',
    `update enrolments set state = 'ended', due_at = null, place_id = null ${mine}`,
    '23514',
  ],
  ['one text twice', `update sms_messages set dedupe_key = 'same' ${mine}`, '23505'],
  ['a text to nobody', `update sms_messages set phone = null ${mine} and state = 'queued'`, '23514'],
  ['a text suppressed without a reason', `update sms_messages set state = 'suppressed' ${mine}`, '23514'],
  ['a text handed over by nobody', `update sms_messages set state = 'handing' ${mine}`, '23514'],
  [
    'one change told twice',
    `insert into outbox (workspace_id, topic, subject_id, created_at) select workspace_id, topic, subject_id, now() from outbox ${mine} and topic = 'order.status_changed'`,
    '23505',
  ],
  ['a number that is none', `update customers set phone = '0671234567' ${mine}`, '23514'],
  ['S1-02 orders switched on by nobody', `update workspaces set orders_enabled_by = null where id = '$ws'`, '23514'],
  [
    'a place of two things',
    `update places set version_id = (select id from campaign_versions ${mine} limit 1) ${mine} and status_id is not null`,
    '23514',
  ],
]

describe('the database refuses', () => {
  it.each(WRONG)('%s', async (_, statement, state) => {
    const text = statement.replaceAll('$ws', ws)
    const outcome = await owner
      .begin(async (tx) => {
        const { count } = await tx.unsafe(text)
        throw new Error(`it took the statement, for ${count} rows`)
      })
      .catch((error) => error.code ?? error.message)
    expect(outcome).toBe(state)
  })
})

describe('the lists that the database holds', () => {
  const LISTS: [string, string, readonly string[]][] = [
    ['order_statuses_axis_known', 'axis', AXES],
    ['order_statuses_group_known', 'group_code', GROUPS],
    ['order_statuses_delivery_known', 'delivery_kind', DELIVERY_KINDS],
    ['order_statuses_payment_known', 'payment_kind', PAYMENT_KINDS],
    ['order_status_changes_actor', 'actor_kind', ACTOR_KINDS],
    ['sms_messages_state', 'state', MESSAGE_STATES],
    ['places_unit', 'unit', UNITS],
    ['status_timeouts_unit', 'unit', UNITS],
  ]
  it.each(LISTS)('%s is the model’s list of %s', async (name, _, list) => {
    const [row] = await owner`select pg_get_constraintdef(oid) as rule from pg_constraint where conname = ${name}`
    expect([...row!.rule.matchAll(/'([^']+)'::text/g)].map((m: string[]) => m[1])).toEqual([...list])
  })

  it('S0-11 has the model’s seven groups, in its order, with its names and colours', async () => {
    const found = await owner`select code, name, colour from status_groups order by position`
    expect(found.map((f) => ({ ...f }))).toEqual(GROUPS.map((code) => ({ code, ...GROUP_ROWS[code] })))
  })
})
