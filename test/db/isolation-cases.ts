import { sql } from 'drizzle-orm'
import * as apiKeys from '../../db/api-keys.ts'
import { archiveOrders, unarchiveOrders } from '../../db/archive.ts'
import { consequencesOf, halveBatch } from '../../db/batches.ts'
import { moveChosen } from '../../db/bulk-moves.ts'
import * as counts from '../../db/campaign-counts.ts'
import * as versions from '../../db/campaign-versions.ts'
import * as campaignViews from '../../db/campaign-views.ts'
import * as campaigns from '../../db/campaigns.ts'
import * as channels from '../../db/channels.ts'
import { sqlState } from '../../db/client.ts'
import { halveCohort } from '../../db/cohorts.ts'
import * as customerViews from '../../db/customer-views.ts'
import { ensureCustomers, listHeldKeys } from '../../db/customers.ts'
import { fillDemo, findDemo } from '../../db/demo.ts'
import { loadPlan, takeStep } from '../../db/enrolments.ts'
import { noteHandOvers } from '../../db/hand-over-counts.ts'
import { newId } from '../../db/ids.ts'
import * as inbound from '../../db/inbound-events.ts'
import * as integrations from '../../db/integrations.ts'
import * as messages from '../../db/messages.ts'
import type { Campaign } from '../../db/model/campaign-schema.ts'
import { identityOf } from '../../db/model/customer.ts'
import { type Change, type Move, unmoved } from '../../db/model/moves.ts'
import type { SegmentRule } from '../../db/model/segment-schema.ts'
import { createWorkspace } from '../../db/new-workspace.ts'
import { listChoices, setOrderStatus } from '../../db/order-status.ts'
import * as timeline from '../../db/order-timeline.ts'
import * as views from '../../db/order-views.ts'
import { moveOrders } from '../../db/orders.ts'
import * as outbox from '../../db/outbox.ts'
import { countRecent, measureLag } from '../../db/pace.ts'
import { holdPaused } from '../../db/pauses.ts'
import * as phones from '../../db/phones.ts'
import * as places from '../../db/places.ts'
import { fillPreset } from '../../db/presets.ts'
import { getPublication } from '../../db/publication.ts'
import { receiveReports } from '../../db/receive.ts'
import { ensureOrders } from '../../db/received-orders.ts'
import { releaseDue } from '../../db/releases.ts'
import { recordReply } from '../../db/replies.ts'
import { loadMembersOf } from '../../db/segment-members.ts'
import * as segmentPreview from '../../db/segment-preview.ts'
import * as segments from '../../db/segments.ts'
import { addSignInLink, endSession, signIn } from '../../db/sessions.ts'
import { writeChanges } from '../../db/status-changes.ts'
import * as containers from '../../db/status-containers.ts'
import * as days from '../../db/status-days.ts'
import { reportFlow, reportStays } from '../../db/status-flow.ts'
import { importStatuses } from '../../db/status-import.ts'
import * as statusMap from '../../db/status-map.ts'
import { orderStatuses } from '../../db/status-positions.ts'
import { deleteStatus, removeStatus } from '../../db/status-removal.ts'
import * as reports from '../../db/status-report.ts'
import { insertStatuses } from '../../db/status-rows.ts'
import { previewTimeout, refuseCycle, setTimeoutRule } from '../../db/status-timeouts.ts'
import { listStatusUses } from '../../db/status-uses.ts'
import { viewStatuses } from '../../db/status-views.ts'
import * as statuses from '../../db/statuses.ts'
import { listStuck, retryStuck } from '../../db/stuck.ts'
import * as system from '../../db/system.ts'
import { listRecipients } from '../../db/text-facts.ts'
import * as workspaces from '../../db/workspaces.ts'
import { type Desk, HOUR, KEY, type Made, NOON, report, sms, trigger, unique, uniquePhone, wait } from '../factories.ts'
import { removal } from './status-verbs.ts'

/** A workspace with rows in every table. */
export interface Filled {
  desk: Desk
  order: Made
  phone: string
  statusId: string
  sentId: string
  campaign: string
  version: string
  cohort: string
  batch: string
  openBatch: string
  place: string
  stepPlace: string
  integration: string
  channel: string
  segment: string
  container: string
  message: string
  session: string
  /** A key of the operator role. */
  operator: string
  /** Words that only this workspace may tell. */
  secrets: string[]
}

const INBOUND_BODY = (id: string) => ({
  id: 7,
  number: id,
  status: 'processing',
  total: '5',
  billing: { email: 'shop@b.c' },
})

export async function fill(desk: Desk): Promise<Filled> {
  const { nowMs } = desk
  const phone = uniquePhone()
  const word = unique('secret')
  await desk.run((tx) =>
    statuses.changeStatus(
      tx,
      'general',
      'accepted',
      {
        timeout: { after: { amount: 1, unit: 'minute' }, to: 'sent' },
        autoSms: { template: `${word} {{ order.number }}`, always: true },
      },
      nowMs,
    ),
  )
  const container = await desk.run((tx) => containers.addContainer(tx, word, nowMs))
  await desk.run((tx) => statuses.changeStatus(tx, 'general', 'accepted', { container: word }, nowMs))
  const campaign = await desk.campaign(
    trigger('accepted', 'text'),
    sms('text', word, 'pause'),
    wait('pause', 'PT2H', null),
  )
  const old = await desk.order({ status: 'paid' })
  await desk.run((tx) => archiveOrders(tx, { numbers: [old.number] }, nowMs))
  const order = await desk.order({ number: unique(word), customer: { name: word, phone }, occurredAtMs: nowMs - HOUR })
  const deep = { changeId: order.id, depth: 8, recordedAtMs: nowMs }
  await desk.move(order, 'sent', { cause: deep })
  await desk.move(order, 'accepted')
  await desk.carry()
  await desk.move(order, 'call-back')
  const openBatch = (await desk.batch())!
  await desk.move(order, 'accepted')
  const statusMap = { processing: { general: 'call-back' } }
  const integration = await desk.run((tx) =>
    integrations.addIntegration(tx, { kind: 'woocommerce', name: word, secret: word, statusMap }, nowMs),
  )
  const store = (key: string, text: string) =>
    desk.run((tx) =>
      inbound.storeInbound(
        tx,
        { integrationId: integration, deliveryKey: key, topic: 'order.updated', body: Buffer.from(text) },
        nowMs,
      ),
    )
  await store('a', JSON.stringify(INBOUND_BODY(unique(word))))
  await inbound.processInbound(desk.store, { integrationId: integration, workspaceId: desk.id }, nowMs)
  await store('b', word)
  const { channel } = await desk.one<{ channel: string }>(sql`select id as channel from channels`)
  await noteHandOvers(desk.store, [{ id: channel, handed: 1, failed: 0, failing: false, reason: null }], nowMs)
  await desk.run((tx) => recordReply(tx, channel, { id: 'r', phone: uniquePhone(), text: 'stop' }, nowMs))
  const segment = await desk.run((tx) => segments.addSegment(tx, { name: word, rule: EVERYBODY }, nowMs))
  const operator = apiKeys.newApiKey()
  await desk.run((tx) => apiKeys.addKey(tx, { name: word, role: 'operator' }, operator, nowMs))
  await signIn(desk.store, await desk.run((tx) => addSignInLink(tx, nowMs)), nowMs)
  return {
    desk,
    order,
    phone,
    statusId: await desk.statusId('accepted'),
    sentId: await desk.statusId('sent'),
    campaign,
    ...(await desk.one<{ version: string; cohort: string; batch: string; message: string }>(
      sql`select version_id as version, id as cohort, origin_id as batch,
            (select id from sms_messages where state = 'queued' limit 1) as message from cohorts`,
    )),
    openBatch,
    place: await desk.place({ status: 'accepted' }),
    stepPlace: await desk.place({ campaign, node: 'pause' }),
    integration,
    channel,
    segment,
    container,
    operator: operator.id,
    session: (await desk.one<{ id: string }>(sql`select id from sessions`)).id,
    secrets: [word, phone, order.id, campaign],
  }
}

type Use = (ours: Filled, theirs: Filled) => Promise<unknown>
const NOW = NOON + 3 * HOUR
const LISTED = { line: 1, listType: null, isTorn: false, name: 'Z', code: '', group: 'sent', type: '', active: '' }
const draft: Campaign = { steps: [] }
const page = { limit: 200, offset: 0 }
const EVERYBODY: SegmentRule = { combinator: 'and', rules: [] }
const MARCH: reports.ReportOver = {
  axis: 'general',
  by: 'status',
  timezone: 'UTC',
  from: '2026-03-01',
  to: '2026-03-31',
}
const KANNEL = { url: 'http://kannel.example/cgi-bin/sendsms', username: 'x', password: 'x', from: 'Shop' }
const who = ({ phone }: Filled) => identityOf({ name: 'Somebody', phone }, 'shop', 'UA')
const moveOf = ({ order, sentId }: Filled): Move => ({ orderId: order.id, axis: 'general', toId: sentId, actor: KEY })
const changeOf = (theirs: Filled): Change => ({
  ...moveOf(theirs),
  toId: theirs.statusId,
  id: theirs.order.id,
  seq: 1,
  fromId: null,
  changedAtMs: 0,
  recordedAtMs: 0,
  depth: 0,
})

/** Each verb as one workspace would call it with what belongs to another. */
export const VERBS: Record<string, Use> = {
  consequencesOf: ({ desk }, { openBatch }) => desk.run((tx) => consequencesOf(tx, openBatch, NOW)),
  halveBatch: ({ desk }, { openBatch }) => desk.run((tx) => halveBatch(tx, openBatch, { id: 'x', error: 'x' }, NOW)),
  halveCohort: ({ desk }, { cohort }) =>
    desk.run((tx) => halveCohort(tx, cohort, { nodeId: 'pause', error: 'x', cutOffId: newId(NOW) }, NOW)),
  listCampaigns: ({ desk }) => desk.run(campaignViews.listCampaigns),
  getCampaign: ({ desk }, { campaign }) => desk.run((tx) => campaignViews.getCampaign(tx, campaign)),
  refuseUnknown: ({ desk }, { campaign }) => desk.run((tx) => campaignViews.refuseUnknown(tx, campaign)),
  listVersions: ({ desk }, { campaign }) => desk.run((tx) => versions.listVersions(tx, campaign)),
  getVersion: ({ desk }, { campaign }) => desk.run((tx) => versions.getVersion(tx, campaign, 1)),
  countCampaign: ({ desk }, { campaign }) => desk.run((tx) => counts.countCampaign(tx, campaign, null, NOW)),
  listStepCustomers: ({ desk }, { campaign }) =>
    desk.run((tx) => counts.listStepCustomers(tx, campaign, { step: 'pause', version: null, ...page })),
  getPublication: ({ desk }, { campaign }) => desk.run((tx) => getPublication(tx, campaign, NOW)),
  renameCampaign: ({ desk }, { campaign }) => desk.run((tx) => campaigns.renameCampaign(tx, campaign, 'x', NOW)),
  copyCampaign: ({ desk }, { campaign }) => desk.run((tx) => campaigns.copyCampaign(tx, campaign, NOW)),
  deleteCampaign: ({ desk }, { campaign }) => desk.run((tx) => campaigns.deleteCampaign(tx, campaign)),
  createCampaign: ({ desk }) => desk.run((tx) => campaigns.createCampaign(tx, 'x', draft, NOW)),
  saveDraft: ({ desk }, { campaign }) =>
    desk.run((tx) => campaigns.saveDraft(tx, campaign, { draft, name: 'x', expectedVersion: 1 }, NOW)),
  publishCampaign: ({ desk }, { campaign }) => desk.run((tx) => campaigns.publishCampaign(tx, campaign, 'x', NOW)),
  holdPaused: ({ desk }, { campaign }) => desk.run((tx) => holdPaused(tx, [campaign])),
  pauseCampaign: ({ desk }, { campaign }) => desk.run((tx) => campaigns.pauseCampaign(tx, campaign, NOW)),
  resumeCampaign: ({ desk }, { campaign }) => desk.run((tx) => campaigns.resumeCampaign(tx, campaign, NOW)),
  // before ours know that person too
  listHeldKeys: async ({ desk }, theirs) => [...(await desk.run((tx) => listHeldKeys(tx, [who(theirs)])))],
  ensureCustomers: ({ desk }, theirs) => desk.run((tx) => ensureCustomers(tx, [who(theirs)], new Set(), NOW)),
  fillDemo: ({ desk }) => desk.run((tx) => fillDemo(tx, NOW)),
  findDemo: ({ desk }) => desk.run(findDemo),
  addSignInLink: ({ desk }) => desk.run((tx) => addSignInLink(tx, NOW)),
  endSession: ({ desk }, { session }) => desk.run((tx) => endSession(tx, session, NOW)),
  loadPlan: ({ desk }, { cohort }) => desk.run((tx) => loadPlan(tx, cohort, NOW)),
  takeStep: ({ desk }, { cohort }) => desk.run((tx) => takeStep(tx, cohort, 'text', NOW)),
  storeInbound: ({ desk }, { integration }) =>
    desk.run((tx) =>
      inbound.storeInbound(
        tx,
        { integrationId: integration, deliveryKey: 'c', topic: undefined, body: Buffer.from('{}') },
        NOW,
      ),
    ),
  processInbound: ({ desk }, { integration }) =>
    inbound.processInbound(desk.store, { integrationId: integration, workspaceId: desk.id }, NOW),
  listInbound: ({ desk }, { integration }) =>
    desk.run((tx) => inbound.listInbound(tx, { integrationId: integration, limit: 200 })),
  addIntegration: ({ desk }) =>
    desk.run((tx) =>
      integrations.addIntegration(tx, { kind: 'woocommerce', name: 'x', secret: 'x', statusMap: {} }, NOW),
    ),
  changeIntegration: ({ desk }, { integration }) =>
    desk.run((tx) => integrations.changeIntegration(tx, integration, { name: 'x', statusMap: {} })),
  listIntegrations: ({ desk }) => desk.run(integrations.listIntegrations),
  listChannels: ({ desk }) => desk.run(channels.listChannels),
  setKannel: ({ desk }) => desk.run((tx) => channels.setKannel(tx, KANNEL, NOW)),
  useChannel: ({ desk }) => desk.run((tx) => channels.useChannel(tx, 'kannel')),
  getStatusMap: async ({ desk }, { integration }) =>
    Object.keys(await desk.run((tx) => integrations.getStatusMap(tx, integration))),
  queueTexts: ({ desk }, { order }) =>
    desk.run((tx) =>
      messages.queueTexts(tx, [{ dedupeKey: unique('key'), orderId: order.id, template: 'x', priority: 1 }], NOW),
    ),
  recordReceipts: ({ desk }, { channel, message }) =>
    desk.run((tx) => messages.recordReceipts(tx, channel, [{ id: message, state: 'delivered', atMs: NOW }])),
  listMessages: ({ desk }) => desk.run((tx) => messages.listMessages(tx, page)),
  setOrderStatus: ({ desk }, { order }) =>
    desk
      .run((tx) => setOrderStatus(tx, { number: order.number, type: 'general', code: 'paid', actor: KEY }, NOW))
      .catch(({ code }) => code),
  listOrders: ({ desk }) => desk.run((tx) => views.listOrders(tx, page)),
  getOrder: ({ desk }, { order }) => desk.run((tx) => views.getOrder(tx, order.number)),
  listHistory: ({ desk }, { order }) => desk.run((tx) => timeline.listHistory(tx, order.id)),
  listTimeline: ({ desk }, { order }) => desk.run((tx) => timeline.listTimeline(tx, order.id)),
  listWaits: ({ desk }, { order }) => desk.run((tx) => timeline.listWaits(tx, order.id)),
  listChoices: async ({ desk }, theirs) => {
    const order = await theirs.desk.run((tx) => views.getOrder(tx, theirs.order.number))
    return desk.run((tx) => listChoices(tx, order, NOW))
  },
  // the answer names the number that it was asked for
  moveChosen: async ({ desk }, { order }) => {
    const wish = { type: 'general', code: 'paid', by: 'test', silent: false } as const
    const named = await moveChosen(desk.store, desk.id, { ...wish, orders: { numbers: [order.number] } }, NOW)
    const all = await moveChosen(desk.store, desk.id, { ...wish, orders: { all: { q: order.number } } }, NOW)
    return [named.moved, all]
  },
  archiveOrders: ({ desk }, { order }) => desk.run((tx) => archiveOrders(tx, { numbers: [order.number] }, NOW)),
  unarchiveOrders: ({ desk }) => desk.run((tx) => unarchiveOrders(tx, { all: { archived: true } }, NOW)),
  moveOrders: ({ desk }, theirs) => desk.run((tx) => moveOrders(tx, [moveOf(theirs)], NOW)),
  getSandboxLine: ({ desk }) => desk.run(phones.getSandboxLine),
  listPhoneOwners: async ({ desk }, { phone }) =>
    (await desk.run((tx) => phones.listPhoneOwners(tx, [phone]))).map(({ number: _, ...owner }) => owner),
  listTextOrigins: ({ desk }, { message }) => desk.run((tx) => phones.listTextOrigins(tx, [message])),
  takeBatch: ({ desk }) => outbox.takeBatch(desk.store, desk.id, 500, NOW),
  noteRestart: ({ desk }, { openBatch }) =>
    outbox.noteRestart(desk.store, { kind: 'batch', workspaceId: desk.id, id: openBatch, restarts: 0 }),
  putAside: ({ desk }, { openBatch }) =>
    outbox.putAside(desk.store, { kind: 'batch', workspaceId: desk.id, id: openBatch, restarts: 5 }),
  lockPlace: ({ desk }, { place }) => desk.run((tx) => places.lockPlace(tx, place)),
  findPlace: ({ desk }, { place }) => desk.run((tx) => places.findPlace(tx, place)),
  settlePlace: ({ desk }, { place }) => desk.run((tx) => places.settlePlace(tx, place, NOW)),
  closePlace: ({ desk }, { place }) => desk.run((tx) => places.closePlace(tx, place, NOW)),
  setStatusPlace: ({ desk }, { statusId }) => desk.run((tx) => places.setStatusPlace(tx, statusId, null, NOW)),
  addStepPlaces: ({ desk }, { version }) =>
    desk.run((tx) => places.addStepPlaces(tx, version, [{ nodeId: 'x', period: { amount: 1, unit: 'day' } }], NOW)),
  wakeForReturned: ({ desk }, { place }) =>
    desk.run((tx) => places.wakeForReturned(tx, [{ placeId: place, dueMs: 0 }], NOW)),
  wakeEarly: ({ desk }, theirs) => desk.run((tx) => places.wakeEarly(tx, [changeOf(theirs)], 0)),
  writeChanges: ({ desk }, theirs) =>
    desk
      .run((tx) => {
        const change = changeOf(theirs)
        return writeChanges(tx, [change], [{ outcomes: [], changes: [change], after: unmoved(change.orderId) }], NOW)
      })
      // the driver's error names the ids that it was given
      .catch(sqlState),
  askForWakes: ({ desk }, { place }) => desk.run((tx) => places.askForWakes(tx, [{ placeId: place, atMs: 0 }], NOW)),
  noteWake: ({ desk }, { place }) => desk.run((tx) => places.noteWake(tx, place, 0)),
  receiveReports: async ({ desk }, { order, phone }) => {
    const same = report({ number: order.number, customer: { phone }, status: 'paid' })
    const [received] = await desk.run((tx) => receiveReports(tx, [same], { actor: KEY, nowMs: NOW }))
    return received!.orderId
  },
  ensureOrders: async ({ desk }, theirs) => {
    const same = report({ number: theirs.order.number })
    const options = { currency: 'UAH', nowMs: NOW }
    const [ensured] = await desk.run((tx) => ensureOrders(tx, [same], [who(theirs)], [null], options))
    return ensured!.id
  },
  releaseDue: ({ desk }, { place }) => releaseDue(desk.store, desk.id, place, NOW),
  recordReply: ({ desk }, theirs) =>
    desk.run((tx) => recordReply(tx, theirs.channel, { id: 'x', phone: theirs.phone, text: 'stop' }, NOW)),
  listStatuses: ({ desk }) => desk.run(statuses.listStatuses),
  getStatus: ({ desk }) => desk.run((tx) => statuses.getStatus(tx, 'general', 'accepted')),
  viewStatuses: ({ desk }) =>
    desk.run(viewStatuses).then((list) => list.map((s) => ({ ...s, autoSms: null, container: null }))),
  viewStatusMap: ({ desk }) => desk.run((tx) => statusMap.viewStatusMap(tx, NOW)),
  checkStatusMap: ({ desk }) =>
    desk.run((tx) => statusMap.checkStatusMap(tx, { status: { type: 'general', code: 'x', autoSms: {} } }, NOW)),
  addStatus: ({ desk }) =>
    desk.run((tx) => statuses.addStatus(tx, { type: 'general', name: 'X', code: 'x', group: 'sent' }, NOW)),
  changeStatus: ({ desk }) => desk.run((tx) => statuses.changeStatus(tx, 'general', 'paid', { name: 'Y' }, NOW)),
  listSegments: ({ desk }) => desk.run(segments.listSegments),
  getSegment: ({ desk }, { segment }) => desk.run((tx) => segments.getSegment(tx, segment)),
  listSegmentIds: async ({ desk }, { segment }) => {
    if ((await desk.run(segments.listSegmentIds)).includes(segment)) throw new Error('it tells an id of the other')
  },
  addSegment: ({ desk }) => desk.run((tx) => segments.addSegment(tx, { name: unique('X'), rule: EVERYBODY }, NOW)),
  changeSegment: ({ desk }, { segment }) =>
    desk.run((tx) => segments.changeSegment(tx, segment, { name: 'x', version: 1 }, NOW)),
  deleteSegment: ({ desk }, { segment }) => desk.run((tx) => segments.deleteSegment(tx, segment)),
  previewSegment: ({ desk }) => desk.run((tx) => segmentPreview.previewSegment(tx, EVERYBODY, NOW)),
  explainMember: ({ desk }, { phone }) =>
    desk
      .run((tx) => segmentPreview.explainMember(tx, EVERYBODY, phone, NOW))
      .then(
        ({ customer: { name } }) => name,
        ({ code }) => code,
      ),
  loadMembersOf: ({ desk }, { segment }) =>
    desk.run(async (tx) => {
      const rules = [{ field: 'customer.segment' as const, operator: 'isIn' as const, value: segment }]
      ;(await loadMembersOf(tx, { combinator: 'and', rules }, { nowMs: NOW }))(segment)
    }),
  listCustomers: ({ desk }, { secrets: [word] }) =>
    desk.run((tx) => customerViews.listCustomers(tx, { q: word!, limit: 20 })),
  getCustomer: ({ desk }, { phone }) =>
    desk
      .run((tx) => customerViews.getCustomer(tx, phone))
      .then(
        ({ name }) => name,
        ({ code }) => code,
      ),
  deleteStatus: ({ desk }) => desk.run((tx) => deleteStatus(tx, removal('spam'), NOW)),
  removeStatus: ({ desk }) => removeStatus(desk.store, desk.id, removal('spam', { replacement: 'paid' }), NOW),
  listStatusUses: ({ desk }, { statusId }) =>
    desk.run(async (tx) => {
      const known = await statuses.getStatus(tx, 'general', 'accepted')
      return listStatusUses(tx, { ...known, id: statusId })
    }),
  orderStatuses: ({ desk }) => desk.run((tx) => orderStatuses(tx, 'general', ['paid'])).catch(({ code }) => code),
  setTimeoutRule: ({ desk }, { statusId }) => desk.run((tx) => setTimeoutRule(tx, statusId, null, NOW)),
  refuseCycle: ({ desk }) => desk.run((tx) => refuseCycle(tx, 'general')),
  previewTimeout: ({ desk }, { statusId }) =>
    desk.run(async (tx) => {
      const known = await statuses.getStatus(tx, 'general', 'accepted')
      return previewTimeout(tx, { ...known, id: statusId }, { amount: 1, unit: 'day' }, NOW)
    }),
  listContainers: ({ desk }) => desk.run(containers.listContainers).then((list) => list.length),
  addContainer: ({ desk }) => desk.run((tx) => containers.addContainer(tx, 'X', NOW)),
  renameContainer: ({ desk }, { container }) =>
    desk.run((tx) => containers.renameContainer(tx, container, 'X')).catch(({ code }) => code),
  deleteContainer: ({ desk }, { container }) =>
    desk.run((tx) => containers.deleteContainer(tx, container)).catch(({ code }) => code),
  findContainer: ({ desk }, { secrets }) =>
    desk.run((tx) => containers.findContainer(tx, secrets[0]!)).catch(({ code }) => code),
  listCounted: async ({ desk }) => (await desk.run((tx) => reports.listCounted(tx, MARCH))).list,
  reportStanding: ({ desk }) => desk.run((tx) => reports.reportStanding(tx, MARCH, 'UAH')),
  reportStandingByDay: ({ desk }) => desk.run((tx) => days.reportStandingByDay(tx, MARCH)),
  reportEntries: ({ desk }) => desk.run((tx) => days.reportEntries(tx, MARCH)),
  reportStays: ({ desk }) => desk.run((tx) => reportStays(tx, MARCH)),
  reportFlow: ({ desk }) => desk.run((tx) => reportFlow(tx, MARCH)),
  importStatuses: ({ desk }) =>
    desk.run((tx) =>
      importStatuses(tx, [LISTED], { type: 'general', groups: {}, except: [], dryRun: false, partly: false }, NOW),
    ),
  countWork: ({ desk }) => desk.run((tx) => system.countWork(tx, NOW)),
  listStuck: ({ desk }) => desk.run((tx) => listStuck(tx, NOW)),
  retryStuck: ({ desk }, { batch, cohort }) =>
    desk
      .run((tx) => retryStuck(tx, 'batch', batch, NOW))
      .catch(() => desk.run((tx) => retryStuck(tx, 'cohort', cohort, NOW)))
      .catch(({ code }) => code),
  measureLag: ({ desk }) => desk.run((tx) => measureLag(tx, NOW)),
  countRecent: ({ desk }) => desk.run((tx) => countRecent(tx, NOW)),
  getChannelInUse: ({ desk }) => desk.run(system.getChannelInUse),
  listRecipients: async ({ desk }, { order }) => [...(await desk.run((tx) => listRecipients(tx, [order.id])))],
  createWorkspace: ({ desk }) =>
    createWorkspace(desk.store, { name: 'X', preset: 'call-centre', ordersEnabledBy: null }, apiKeys.newApiKey(), NOW),
  getOpenWorkspace: ({ desk }) => desk.run(workspaces.getOpenWorkspace),
  getWorkspace: ({ desk }) => desk.run(workspaces.getWorkspace),
  viewWorkspace: ({ desk }) => desk.run(workspaces.viewWorkspace),
  switchOrders: ({ desk }) => desk.run((tx) => workspaces.switchOrders(tx, false, 'x', NOW)),
  addKey: ({ desk }) => desk.run((tx) => apiKeys.addKey(tx, { name: 'x', role: 'operator' }, apiKeys.newApiKey(), NOW)),
  listKeys: ({ desk }) => desk.run(apiKeys.listKeys).then((keys) => keys.length),
  revokeKey: ({ desk }, { operator }) => desk.run((tx) => apiKeys.revokeKey(tx, operator, NOW)),
  insertStatuses: ({ desk }) =>
    desk.run((tx) =>
      insertStatuses(tx, [{ type: 'general', name: 'R', code: 'r', meaning: 'sent', origin: 'own' }], NOW),
    ),
  refuseOthersThanOperators: ({ desk }, theirs) =>
    desk.run((tx) => apiKeys.refuseOthersThanOperators(tx, { kind: 'key', id: theirs.operator })),
  fillPreset: ({ desk }) => desk.run((tx) => fillPreset(tx, 'loyalty', NOW)),
}

/** Verbs that cross workspaces by what they are for: what carries, sends, or finds whose something is. */
export const ISOLATED = [
  'authenticate',
  'beat',
  'forgetWorker',
  'claimMessages',
  'ensureFirstWorkspace',
  'enter',
  'findSession',
  'listParts',
  'signIn',
  'findChannel',
  'findIntegration',
  'getInstallation',
  'listControls',
  'listFigures',
  'listMissingParts',
  'listOpenChanges',
  'listOpenInbound',
  'listStoodStill',
  'listUnstarted',
  'listWorkspaces',
  'markCarried',
  'markStarted',
  'nextMessageAt',
  'noteHandOvers',
  'releaseMessages',
  'setEngineNamespace',
  'settleMessages',
  'swapMessages',
  'takeShard',
]
