import { createRoute, z } from '@hono/zod-openapi'
import { SEGMENT_NAME_MAX } from '../../db/model/limits.ts'
import { SegmentRule } from '../../db/model/segment-schema.ts'
import { explainMember, previewSegment } from '../../db/segment-preview.ts'
import { addSegment, changeSegment, deleteSegment, getSegment, listSegments } from '../../db/segments.ts'
import { text } from '../fields.ts'
import { knownId } from '../known-id.ts'
import { body, json, PROBLEMS, routes } from '../route.ts'
import { Customer } from './customers.ts'

const name = text(SEGMENT_NAME_MAX)
const Segment = z
  .object({
    id: z.uuid(),
    name: z.string(),
    rule: SegmentRule,
    version: z.int().openapi({ description: 'Rises with every change' }),
    problems: z.array(z.object({ field: z.string(), detail: z.string() })).openapi({
      description: 'Statuses that are not included in analytics any more; they go on counting here',
    }),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .openapi('Segment')
const NewSegment = z.strictObject({ name, rule: SegmentRule }).openapi('NewSegment')
const SegmentChange = z
  .strictObject({
    name: name.optional(),
    rule: SegmentRule.optional(),
    version: z.int().openapi({ description: 'Of the segment that was opened: 412 when it was saved meanwhile' }),
  })
  .openapi('SegmentChange')
const Preview = z
  .object({ count: z.int(), samples: z.array(Customer).openapi({ description: 'The newest of them' }) })
  .openapi('SegmentPreview')
const Explanation = z
  .object({
    customer: Customer,
    isIn: z.boolean(),
    conditions: z.array(
      z.object({
        path: z.string().openapi({ example: 'rules/0' }),
        measured: z.union([z.string(), z.number()]).nullable(),
        isTrue: z.boolean(),
      }),
    ),
  })
  .openapi('SegmentExplanation')

const tags = ['Segments']
const path = '/v1/segments/{id}'
const params = z.object({ id: z.string() })

const list = createRoute({
  method: 'get',
  path: '/v1/segments',
  tags,
  summary: 'All segments, by name',
  responses: { 200: json(z.object({ segments: z.array(Segment) }), 'The segments'), ...PROBLEMS },
})
const add = createRoute({
  method: 'post',
  path: '/v1/segments',
  tags,
  summary: 'Add a segment',
  description: 'A rule may name only statuses that are included in analytics.',
  request: body(NewSegment),
  responses: { 201: json(Segment, 'The new segment'), ...PROBLEMS },
})
const get = createRoute({
  method: 'get',
  path,
  tags,
  summary: 'One segment',
  request: { params },
  responses: { 200: json(Segment, 'The segment'), ...PROBLEMS },
})
const change = createRoute({
  method: 'patch',
  path,
  tags,
  summary: 'Change a segment; what is missing stays',
  request: { params, ...body(SegmentChange) },
  responses: { 200: json(Segment, 'The segment'), ...PROBLEMS },
})
const remove = createRoute({
  method: 'delete',
  path,
  tags,
  summary: 'Delete a segment that no campaign uses',
  request: { params },
  responses: { 204: { description: 'It is gone' }, ...PROBLEMS },
})
const preview = createRoute({
  method: 'post',
  path: '/v1/segments/preview',
  tags,
  summary: 'How many customers are in by a rule, and some of them',
  request: body(z.strictObject({ rule: SegmentRule })),
  responses: { 200: json(Preview, 'Who is in now'), ...PROBLEMS },
})
const explain = createRoute({
  method: 'post',
  path: '/v1/segments/explain',
  tags,
  summary: 'Why a customer is in or out by a rule',
  request: body(
    z.strictObject({ rule: SegmentRule, customer: text(80).openapi({ description: 'The id or the phone' }) }),
  ),
  responses: { 200: json(Explanation, 'Each condition, and what was measured'), ...PROBLEMS },
})

const known = (id: string): string => knownId(id, 'unknown_segment')

export const segments = () =>
  routes()
    .openapi(list, async (c) => c.json({ segments: await c.var.inWorkspace(listSegments) }, 200))
    .openapi(add, async (c) => {
      const wish = c.req.valid('json')
      const segment = await c.var.inWorkspace(async (tx) => getSegment(tx, await addSegment(tx, wish, Date.now())))
      return c.json(segment, 201)
    })
    .openapi(preview, async (c) => {
      const { rule } = c.req.valid('json')
      return c.json(await c.var.inWorkspace((tx) => previewSegment(tx, rule, Date.now())), 200)
    })
    .openapi(explain, async (c) => {
      const { rule, customer } = c.req.valid('json')
      return c.json(await c.var.inWorkspace((tx) => explainMember(tx, rule, customer, Date.now())), 200)
    })
    .openapi(get, async (c) =>
      c.json(await c.var.inWorkspace((tx) => getSegment(tx, known(c.req.valid('param').id))), 200),
    )
    .openapi(change, async (c) => {
      const id = known(c.req.valid('param').id)
      const segment = await c.var.inWorkspace(async (tx) => {
        await changeSegment(tx, id, c.req.valid('json'), Date.now())
        return getSegment(tx, id)
      })
      return c.json(segment, 200)
    })
    .openapi(remove, async (c) => {
      await c.var.inWorkspace((tx) => deleteSegment(tx, known(c.req.valid('param').id)))
      return c.body(null, 204)
    })
