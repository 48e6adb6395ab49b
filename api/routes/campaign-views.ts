import { createRoute, z } from '@hono/zod-openapi'
import { countCampaign, listStepCustomers } from '../../db/campaign-counts.ts'
import { getVersion, listVersions } from '../../db/campaign-versions.ts'
import { getPublication } from '../../db/publication.ts'
import { page, text } from '../fields.ts'
import { json, PROBLEMS, routes } from '../route.ts'
import { known, params, tags } from './campaigns.ts'

const Publication = z
  .object({
    draftVersion: z.int(),
    problems: z.array(
      z.object({
        field: z.string(),
        detail: z.string(),
        step: z.string().optional().openapi({ description: 'The id of the step; missing for the whole campaign' }),
        level: z.enum(['error', 'warning']).openapi({ description: 'Errors keep the draft from being published' }),
      }),
    ),
    inside: z
      .object({
        version: z.int().nullable().openapi({ description: 'The live one' }),
        total: z.int(),
        waiting: z.int(),
        steps: z.array(
          z.object({
            version: z.int(),
            step: z.string(),
            title: z.string(),
            waiting: z.int(),
            walking: z.int(),
            inDraft: z.boolean().openapi({ description: 'Whether the draft still has this step' }),
          }),
        ),
      })
      .openapi({ description: 'Who is inside now; they stay on the version they began with' }),
  })
  .openapi('Publication')

const Version = z
  .object({
    number: z.int(),
    publishedAt: z.string(),
    publishedBy: z.string().nullable().openapi({ description: 'The name of the key; null when it is not known' }),
    liveUntil: z.string().nullable().openapi({ description: 'Null while it is live' }),
    entered: z.int(),
    inside: z.int(),
  })
  .openapi('CampaignVersion')
const VersionDetails = Version.extend({ document: z.unknown() }).openapi('CampaignVersionDetails')

const standing = { waiting: z.int(), walking: z.int(), held: z.int(), stuck: z.int() }
const Counts = z
  .object({
    version: z.int().nullable().openapi({ description: 'Null while none was published' }),
    entered: z.int(),
    ended: z.object({ finished: z.int(), leftStatus: z.int() }),
    inside: z.int(),
    asOf: z.string(),
    steps: z
      .record(
        z.string(),
        z.object({
          entered: z.int(),
          here: z.int(),
          ...standing,
          left: z.record(z.string(), z.int()).openapi({ description: 'By the way out' }),
          ended: z.int(),
        }),
      )
      .openapi({ description: 'By step; entered = left + ended + here, here = waiting + walking + held + stuck' }),
    lines: z.array(
      z.object({ from: z.string(), output: z.string(), to: z.string().nullable(), count: z.int() }).openapi({
        description: '`to` is null where the campaign ends',
      }),
    ),
  })
  .openapi('CampaignCounts')

const StepCustomers = z
  .object({
    total: z.int(),
    customers: z.array(
      z.object({
        order: z.string(),
        name: z.string(),
        phone: z.string().nullable(),
        since: z.string(),
        until: z.string().nullable().openapi({ description: 'When the wait ends' }),
        state: z.enum(['waiting', 'walking', 'held', 'stuck']),
      }),
    ),
  })
  .openapi('StepCustomers')

const version = z.coerce.number().int().min(1).max(1_000_000)
const query = { version: version.optional().openapi({ description: 'The live one where missing' }) }

const publication = createRoute({
  method: 'get',
  path: '/v1/campaigns/{id}/publication',
  tags,
  summary: 'What publishing the draft would mean',
  request: { params },
  responses: { 200: json(Publication, 'Problems, warnings, and who is inside'), ...PROBLEMS },
})
const versions = createRoute({
  method: 'get',
  path: '/v1/campaigns/{id}/versions',
  tags,
  summary: 'What was published, the newest first',
  request: { params },
  responses: { 200: json(z.object({ versions: z.array(Version) }), 'The versions'), ...PROBLEMS },
})
const oneVersion = createRoute({
  method: 'get',
  path: '/v1/campaigns/{id}/versions/{number}',
  tags,
  summary: 'One version with its document',
  request: { params: params.extend({ number: version }) },
  responses: { 200: json(VersionDetails, 'The version'), ...PROBLEMS },
})
const counts = createRoute({
  method: 'get',
  path: '/v1/campaigns/{id}/counts',
  tags,
  summary: 'Customers by step and way out, of one version',
  request: { params, query: z.object(query) },
  responses: { 200: json(Counts, 'The figures'), ...PROBLEMS },
})
const customers = createRoute({
  method: 'get',
  path: '/v1/campaigns/{id}/steps/{step}/customers',
  tags,
  summary: 'Who stands at a step, of one version; who leaves first stands first',
  request: { params: params.extend({ step: text(40) }), query: z.object({ ...query, ...page }) },
  responses: { 200: json(StepCustomers, 'The page'), ...PROBLEMS },
})

export const campaignViews = () =>
  routes()
    .openapi(publication, async (c) =>
      c.json(await c.var.inWorkspace((tx) => getPublication(tx, known(c.req.valid('param').id), Date.now())), 200),
    )
    .openapi(versions, async (c) =>
      c.json({ versions: await c.var.inWorkspace((tx) => listVersions(tx, known(c.req.valid('param').id))) }, 200),
    )
    .openapi(oneVersion, async (c) => {
      const { id, number } = c.req.valid('param')
      return c.json(await c.var.inWorkspace((tx) => getVersion(tx, known(id), number)), 200)
    })
    .openapi(counts, async (c) => {
      const { version = null } = c.req.valid('query')
      const id = known(c.req.valid('param').id)
      return c.json(await c.var.inWorkspace((tx) => countCampaign(tx, id, version, Date.now())), 200)
    })
    .openapi(customers, async (c) => {
      const { id, step } = c.req.valid('param')
      const { version = null, ...page } = c.req.valid('query')
      const at = { step, version, ...page }
      return c.json(await c.var.inWorkspace((tx) => listStepCustomers(tx, known(id), at)), 200)
    })
