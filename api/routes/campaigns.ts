import { createRoute, z } from '@hono/zod-openapi'
import { type CampaignView, getCampaign, listCampaigns } from '../../db/campaign-views.ts'
import {
  copyCampaign,
  createCampaign,
  deleteCampaign,
  pauseCampaign,
  publishCampaign,
  renameCampaign,
  resumeCampaign,
  saveDraft,
} from '../../db/campaigns.ts'
import type { Tx } from '../../db/client.ts'
import { Campaign, Side } from '../../db/model/campaign-schema.ts'
import { Refused } from '../../db/model/refusal.ts'
import { AXES } from '../../db/model/status.ts'
import { text } from '../fields.ts'
import { knownId } from '../known-id.ts'
import { body, json, PROBLEMS, routes } from '../route.ts'

const View = z
  .object({
    id: z.uuid(),
    name: z.string(),
    state: z.enum(['draft', 'live', 'paused']),
    draft: z.unknown().openapi({ description: 'A campaign, perhaps not complete yet' }),
    draftVersion: z.int().openapi({ description: 'Rises with every save; the ETag' }),
    hasChanges: z.boolean().openapi({ description: 'Whether the draft differs from the live version' }),
    problems: z.int().openapi({ description: 'How many things keep the draft from being published' }),
    trigger: z
      .object({ type: z.enum(AXES), from: Side, to: Side })
      .nullable()
      .openapi({ description: 'Of the live version, else of the draft' }),
    version: z.int().nullable().openapi({ description: 'The number of the live version; null before the first' }),
    entered: z.int(),
    waiting: z.int(),
    held: z.int().openapi({ description: 'Held by a pause; they walk on when it is resumed' }),
    ended: z.int(),
    texts: z.object({
      queued: z.int(),
      sent: z.int().openapi({ description: 'With the gateway, and no receipt yet' }),
      delivered: z.int(),
      failed: z.int(),
      suppressed: z.int(),
    }),
    updatedAt: z.string(),
  })
  .openapi('CampaignView')

const NewCampaign = z.strictObject({ name: text(80), draft: Campaign.default({ steps: [] }) }).openapi('NewCampaign')
const DraftChange = z
  .union([
    z.strictObject({ name: text(80).optional(), draft: Campaign }),
    Campaign.transform((draft) => ({ draft, name: undefined })),
  ])
  .openapi('DraftChange', { description: 'The draft with a new name, or the draft alone' })

export const tags = ['Campaigns']
export const params = z.object({ id: z.string() })
const etagged = (description: string) => ({
  ...json(View, description),
  headers: z.object({ etag: z.string().openapi({ description: 'The version of the draft', example: '"3"' }) }),
})
const answers = { 200: etagged('The campaign'), ...PROBLEMS }

const list = createRoute({
  method: 'get',
  path: '/v1/campaigns',
  tags,
  summary: 'All campaigns',
  responses: { 200: json(z.object({ campaigns: z.array(View) }), 'The campaigns'), ...PROBLEMS },
})
const create = createRoute({
  method: 'post',
  path: '/v1/campaigns',
  tags,
  summary: 'Make a campaign with a draft',
  request: body(NewCampaign),
  responses: { 201: etagged('The new campaign'), ...PROBLEMS },
})
const get = createRoute({
  method: 'get',
  path: '/v1/campaigns/{id}',
  tags,
  summary: 'One campaign',
  request: { params },
  responses: answers,
})
const putDraft = createRoute({
  method: 'put',
  path: '/v1/campaigns/{id}/draft',
  tags,
  summary: 'Save the draft over the one that was opened',
  description: 'Send the ETag of the opened draft in If-Match: 412 when somebody saved another meanwhile, 428 without.',
  request: { params, headers: z.object({ 'if-match': z.string().optional() }), ...body(DraftChange) },
  responses: answers,
})
const rename = createRoute({
  method: 'patch',
  path: '/v1/campaigns/{id}',
  tags,
  summary: 'Rename a campaign',
  request: { params, ...body(z.strictObject({ name: text(80) })) },
  responses: answers,
})
const copy = createRoute({
  method: 'post',
  path: '/v1/campaigns/{id}/copy',
  tags,
  summary: 'Make a campaign with the same draft',
  request: { params },
  responses: { 201: etagged('The new campaign'), ...PROBLEMS },
})
const remove = createRoute({
  method: 'delete',
  path: '/v1/campaigns/{id}',
  tags,
  summary: 'Delete a campaign that was never published',
  request: { params },
  responses: { 204: { description: 'It is gone' }, ...PROBLEMS },
})
const publish = createRoute({
  method: 'post',
  path: '/v1/campaigns/{id}/publish',
  tags,
  summary: 'Make the draft the version that reacts from now on',
  description:
    'Send `draftVersion`, or its ETag in If-Match, to publish no other draft: 412 when it was saved meanwhile.',
  request: {
    params,
    headers: z.object({ 'if-match': z.string().optional() }),
    body: { content: { 'application/json': { schema: z.strictObject({ draftVersion: z.int().optional() }) } } },
  },
  responses: answers,
})
const act = <const Path extends string>(path: Path, summary: string) =>
  createRoute({ method: 'post', path, tags, summary, request: { params }, responses: answers })
const pause = act('/v1/campaigns/{id}/pause', 'Hold everybody inside; newcomers are taken in and held too')
const resume = act('/v1/campaigns/{id}/resume', 'Let everybody go on who was held')

export const known = (id: string): string => knownId(id, 'unknown_campaign')

/** Does `work` to a campaign and reads how it stands then. */
const after = (id: string, work: (tx: Tx, id: string) => Promise<unknown>) => async (tx: Tx) => {
  await work(tx, known(id))
  return getCampaign(tx, id)
}

const etagOf = ({ draftVersion }: CampaignView) => ({ ETag: `"${draftVersion}"` })

/** The version that an If-Match names; 0, which is none, for another's ETag. @throws Refused draft_unmatched without one */
function versionIn(ifMatch: string | undefined): number {
  if (!ifMatch || ifMatch.trim() === '*') throw new Refused('draft_unmatched')
  return Number(/^\s*(?:W\/)?"?(\d{1,9})"?\s*$/.exec(ifMatch)?.[1] ?? 0)
}

export const campaigns = () =>
  routes()
    .openapi(list, async (c) => c.json({ campaigns: await c.var.inWorkspace(listCampaigns) }, 200))
    .openapi(create, async (c) => {
      const { name, draft } = c.req.valid('json')
      const campaign = await c.var.inWorkspace(async (tx) =>
        getCampaign(tx, await createCampaign(tx, name, draft, Date.now())),
      )
      return c.json(campaign, 201, etagOf(campaign))
    })
    .openapi(get, async (c) => {
      const campaign = await c.var.inWorkspace((tx) => getCampaign(tx, known(c.req.valid('param').id)))
      return c.json(campaign, 200, etagOf(campaign))
    })
    .openapi(putDraft, async (c) => {
      const wish = { ...c.req.valid('json'), expectedVersion: versionIn(c.req.valid('header')['if-match']) }
      const campaign = await c.var.inWorkspace(
        after(c.req.valid('param').id, (tx, id) => saveDraft(tx, id, wish, Date.now())),
      )
      return c.json(campaign, 200, etagOf(campaign))
    })
    .openapi(rename, async (c) => {
      const { name } = c.req.valid('json')
      const campaign = await c.var.inWorkspace(
        after(c.req.valid('param').id, (tx, id) => renameCampaign(tx, id, name, Date.now())),
      )
      return c.json(campaign, 200, etagOf(campaign))
    })
    .openapi(copy, async (c) => {
      const campaign = await c.var.inWorkspace(async (tx) =>
        getCampaign(tx, await copyCampaign(tx, known(c.req.valid('param').id), Date.now())),
      )
      return c.json(campaign, 201, etagOf(campaign))
    })
    .openapi(remove, async (c) => {
      await c.var.inWorkspace((tx) => deleteCampaign(tx, known(c.req.valid('param').id)))
      return c.body(null, 204)
    })
    .openapi(publish, async (c) => {
      const ifMatch = c.req.valid('header')['if-match']
      const expected = c.req.valid('json').draftVersion ?? (ifMatch === undefined ? undefined : versionIn(ifMatch))
      const campaign = await c.var.inWorkspace(
        after(c.req.valid('param').id, (tx, id) => publishCampaign(tx, id, c.var.actor.id, Date.now(), expected)),
      )
      return c.json(campaign, 200, etagOf(campaign))
    })
    .openapi(pause, async (c) => {
      const campaign = await c.var.inWorkspace(
        after(c.req.valid('param').id, (tx, id) => pauseCampaign(tx, id, Date.now())),
      )
      return c.json(campaign, 200, etagOf(campaign))
    })
    .openapi(resume, async (c) => {
      const campaign = await c.var.inWorkspace(
        after(c.req.valid('param').id, (tx, id) => resumeCampaign(tx, id, Date.now())),
      )
      return c.json(campaign, 200, etagOf(campaign))
    })
