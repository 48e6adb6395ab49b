import { createRoute, z } from '@hono/zod-openapi'
import type { Tx } from '../../db/client.ts'
import { addContainer, deleteContainer, listContainers, renameContainer } from '../../db/status-containers.ts'
import { text } from '../fields.ts'
import { body, json, PROBLEMS, routes } from '../route.ts'

const Container = z
  .object({ id: z.string(), name: z.string(), statuses: z.int().openapi({ description: 'How many stand in it' }) })
  .openapi('StatusContainer')
const Named = z.object({ name: text(80) }).openapi('NewStatusContainer')

const tags = ['Statuses']
const path = '/v1/status-containers/{id}'
const params = z.object({ id: z.uuid() })

const list = createRoute({
  method: 'get',
  path: '/v1/status-containers',
  tags,
  summary: 'The containers of statuses',
  responses: { 200: json(z.object({ containers: z.array(Container) }), 'The containers'), ...PROBLEMS },
})
const add = createRoute({
  method: 'post',
  path: '/v1/status-containers',
  tags,
  summary: 'Make a container; statuses name it to stand in it',
  request: body(Named),
  responses: { 201: json(Container, 'The new container'), ...PROBLEMS },
})
const rename = createRoute({
  method: 'patch',
  path,
  tags,
  summary: 'Rename a container',
  request: { params, ...body(Named) },
  responses: { 200: json(Container, 'The container'), ...PROBLEMS },
})
const remove = createRoute({
  method: 'delete',
  path,
  tags,
  summary: 'Take a container away; its statuses stay',
  request: { params },
  responses: { 204: { description: 'It is gone' }, ...PROBLEMS },
})

const view = async (tx: Tx, id: string) => (await listContainers(tx)).find((container) => container.id === id)!

export const statusContainers = () =>
  routes()
    .openapi(list, async (c) => c.json({ containers: await c.var.inWorkspace(listContainers) }, 200))
    .openapi(add, async (c) => {
      const { name } = c.req.valid('json')
      const made = await c.var.inWorkspace(async (tx) => view(tx, await addContainer(tx, name, Date.now())))
      return c.json(made, 201)
    })
    .openapi(rename, async (c) => {
      const { id } = c.req.valid('param')
      const renamed = await c.var.inWorkspace(async (tx) => {
        await renameContainer(tx, id, c.req.valid('json').name)
        return view(tx, id)
      })
      return c.json(renamed, 200)
    })
    .openapi(remove, async (c) => {
      await c.var.inWorkspace((tx) => deleteContainer(tx, c.req.valid('param').id))
      return c.body(null, 204)
    })
