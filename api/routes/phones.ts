import { createRoute, z } from '@hono/zod-openapi'
import { getSandboxLine, listPhoneOwners, listTextOrigins } from '../../db/phones.ts'
import { phone, text } from '../fields.ts'
import { phoneNetwork } from '../phone-network.ts'
import { RequestRefused } from '../refusals.ts'
import { body, json, PROBLEMS, routes } from '../route.ts'

/** Characters of an answer. */
const REPLY_MAX = 1_600

const owner = {
  number: z.string().openapi({ description: 'E.164' }),
  name: z.string().nullable().openapi({ description: "The customer's" }),
  optedOut: z.boolean(),
}
const Phone = z
  .object({ ...owner, lastText: z.string(), lastAt: z.string(), count: z.int() })
  .openapi('Phone', { description: 'A phone of the sandbox network; `count` are texts in both directions' })
const PhoneDetails = z
  .object({
    ...owner,
    texts: z.array(
      z.object({
        id: z.string(),
        direction: z.enum(['to_phone', 'from_phone']),
        text: z.string(),
        at: z.string(),
        order: z.string().optional(),
        campaign: z.string().nullable().optional(),
        campaignId: z.string().nullable().optional(),
        state: z.string().optional().openapi({ description: 'Of our text in the ledger' }),
      }),
    ),
  })
  .openapi('PhoneDetails', { description: 'What stands on it, the newest last' })

const tags = ['Phones']
const params = z.object({ number: phone })
const list = createRoute({
  method: 'get',
  path: '/v1/phones',
  tags,
  summary: 'The phones of the sandbox network that got texts, the last active first',
  responses: { 200: json(z.object({ phones: z.array(Phone) }), 'The phones'), ...PROBLEMS },
})
const get = createRoute({
  method: 'get',
  path: '/v1/phones/{number}',
  tags,
  summary: 'One phone of the sandbox network and its texts',
  request: { params },
  responses: { 200: json(PhoneDetails, 'The phone'), ...PROBLEMS },
})
const reply = createRoute({
  method: 'post',
  path: '/v1/phones/{number}/replies',
  tags,
  summary: 'Answer as this phone; the network brings it back to us',
  request: { params, ...body(z.strictObject({ text: text(REPLY_MAX) })) },
  responses: { 202: json(z.object({ id: z.string(), at: z.string() }), 'It is on its way'), ...PROBLEMS },
})

/** The network is asked outside of transactions: a slow one must not hold the database. */
export const phones = () =>
  routes()
    .openapi(list, async (c) => {
      const line = await c.var.inWorkspace(getSandboxLine)
      const found = line === null ? [] : await phoneNetwork.listPhones(line)
      const owners = await c.var.inWorkspace((tx) =>
        listPhoneOwners(
          tx,
          found.map((p) => p.number),
        ),
      )
      const byNumber = new Map(owners.map((o) => [o.number, o]))
      return c.json({ phones: found.map((p) => ({ ...byNumber.get(p.number)!, ...p })) }, 200)
    })
    .openapi(get, async (c) => {
      const { number } = c.req.valid('param')
      const line = await c.var.inWorkspace(getSandboxLine)
      const texts = line === null ? [] : await phoneNetwork.listTexts(number, line)
      const ours = texts.filter((t) => t.direction === 'to_phone' && z.guid().safeParse(t.id).success)
      const [[owner], origins] = await c.var.inWorkspace(async (tx) => [
        await listPhoneOwners(tx, [number]),
        await listTextOrigins(tx, [...new Set(ours.map((t) => t.id))]),
      ])
      const byId = new Map(origins.map((o) => [o.id, o]))
      return c.json({ ...owner!, texts: texts.map((t) => ({ ...t, ...byId.get(t.id) })) }, 200)
    })
    .openapi(reply, async (c) => {
      const line = await c.var.inWorkspace(getSandboxLine)
      if (line === null) throw new RequestRefused('unknown_phone')
      const { id, at } = await phoneNetwork.reply(c.req.valid('param').number, line, c.req.valid('json').text)
      return c.json({ id, at }, 202)
    })
