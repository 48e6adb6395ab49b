import { createRoute, z } from '@hono/zod-openapi'
import { IMPORT_ROWS_MAX, IMPORT_WORD_MAX } from '../../db/model/limits.ts'
import { Refused } from '../../db/model/refusal.ts'
import { LEFT_REASONS } from '../../db/model/status-import-row.ts'
import { readStatusJson, readStatusText } from '../../db/model/status-list.ts'
import { importStatuses } from '../../db/status-import.ts'
import { flag, problemsOf } from '../fields.ts'
import { RequestRefused } from '../refusals.ts'
import { json, PROBLEMS, routes } from '../route.ts'
import { Axis, Meaning } from './statuses.ts'

/** Where lists are sent, which may be CSV. */
export const IMPORT_PATH = '/v1/statuses/import'

const Words = z
  .record(z.string().max(IMPORT_WORD_MAX), Meaning)
  .refine((words) => Object.keys(words).length <= IMPORT_ROWS_MAX, `at most ${IMPORT_ROWS_MAX} words are expected`)
const Request = z
  .object({
    list: z
      .union([z.string(), z.array(z.unknown()), z.record(z.string(), z.unknown())])
      .openapi({ description: 'The list as it is, or the text of a file: CSV or JSON' }),
    groups: z
      .partialRecord(Axis, Words)
      .default({})
      .openapi({
        description: "What the list's own words for groups and kinds mean, by type",
        example: { general: { Доставка: 'sent' } },
      }),
    except: z.array(z.int()).max(IMPORT_ROWS_MAX).default([]).openapi({ description: 'Lines that are left out' }),
  })
  .openapi('StatusImport')

const Row = z.object({
  line: z.int().openapi({ description: 'Its line in a text, or its place in a list; counted from 1' }),
  type: Axis,
  name: z.string(),
  code: z.string(),
  word: z.string().openapi({ description: "The list's own word for its group or kind; the name where it has none" }),
  meaning: Meaning.nullable(),
  outcome: z.enum(['added', 'left', 'invalid']),
  meantBy: z.enum(['people', 'word', 'name']).nullable().openapi({ description: 'Who tells its meaning' }),
  reason: z.enum(LEFT_REASONS).nullable().openapi({ description: 'Why it is left out' }),
  takenBy: z
    .object({ name: z.string(), code: z.string() })
    .nullable()
    .openapi({ description: 'The status that has its name or its code' }),
  problem: z
    .object({ field: z.string(), detail: z.string() })
    .nullable()
    .openapi({ description: 'What is wrong with it' }),
})
const Imported = z
  .object({ added: z.int(), left: z.int(), invalid: z.int(), rows: z.array(Row) })
  .openapi('StatusesImported')

const post = createRoute({
  method: 'post',
  path: IMPORT_PATH,
  tags: ['Statuses'],
  summary: 'Add the statuses of a list',
  description: `At most ${IMPORT_ROWS_MAX}, with columns or keys such as name, code, group and type in English, Ukrainian or Russian; a list of JSON may be sent without \`list\` around it. A status whose name or code exists is left out. Rows that cannot be read refuse the whole list, unless \`partly\`.`,
  request: {
    query: z.object({
      dryRun: flag(false).openapi({ description: 'Tell what would become of every row, and add nothing' }),
      partly: flag(false).openapi({ description: 'Leave out the rows that cannot be read' }),
      type: Axis.default('general').openapi({ description: 'Of statuses of which the list tells none' }),
    }),
    body: {
      content: {
        'application/json': { schema: z.union([Request, z.array(z.unknown()), z.record(z.string(), z.unknown())]) },
        'text/csv': { schema: z.string() },
      },
    },
  },
  responses: { 200: json(Imported, 'What became of every row'), ...PROBLEMS },
})

export const statusImport = () =>
  routes().openapi(post, async (c) => {
    const { dryRun, partly, type } = c.req.valid('query')
    const { list, groups, except } = requestOf(c.var.json)
    const read = typeof list === 'string' ? readStatusText(list) : readStatusJson(list)
    if ('problem' in read) throw new Refused('import_invalid', [read.problem])
    const options = { dryRun, partly, type, groups, except }
    const rows = await c.var.inWorkspace((tx) => importStatuses(tx, read.list, options, Date.now()))
    const count = (outcome: (typeof rows)[number]['outcome']) => rows.filter((row) => row.outcome === outcome).length
    return c.json({ added: count('added'), left: count('left'), invalid: count('invalid'), rows }, 200)
  })

/** A list sent alone, or with what its words mean. */
function requestOf(sent: unknown): z.infer<typeof Request> {
  const isWrapped = typeof sent === 'object' && sent !== null && 'list' in sent
  const parsed = Request.safeParse(isWrapped ? sent : { list: sent })
  if (!parsed.success) throw new RequestRefused('invalid_request', problemsOf(parsed.error.issues))
  return parsed.data
}
