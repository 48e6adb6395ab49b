import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Tx } from '../../db/client.ts'
import { dayAt, problemsInRange, rangeOf } from '../../db/model/day-range.ts'
import { AXES } from '../../db/model/status.ts'
import { reportEntries, reportStandingByDay } from '../../db/status-days.ts'
import { reportFlow, reportStays } from '../../db/status-flow.ts'
import { REPORT_BY, type ReportOver, reportStanding } from '../../db/status-report.ts'
import { getOpenWorkspace } from '../../db/workspaces.ts'
import { toCsv } from '../csv.ts'
import type { Env } from '../env.ts'
import { RequestRefused } from '../refusals.ts'
import { daysTable, flowTable, standingTable, staysTable } from '../report-tables.ts'
import { json, PROBLEMS, routes } from '../route.ts'
import { Meaning } from './statuses.ts'

const DAY = 'a day such as 2026-10-01 is expected, of 1970 to 9998'
const Day = z.iso
  .date({ error: DAY, abort: true })
  .refine((day) => day >= '1970-01-01' && day < '9999-01-01', DAY)
  .openapi({ example: '2026-10-01' })

const of = {
  type: z.enum(AXES).default('general'),
  by: z.enum(REPORT_BY).default('status').openapi({ description: 'Each status, or all of one group or kind together' }),
  format: z.enum(['json', 'csv']).optional().openapi({ description: 'What the header Accept says where missing' }),
}
const over = {
  ...of,
  from: Day.optional().openapi({
    description: 'The first day, by the clock of the workspace; thirty days before `to` where missing',
  }),
  to: Day.optional().openapi({ description: 'The day after the last; the end of today where missing' }),
}

const item = {
  id: z.string().openapi({ description: 'Of the status, or the group or kind' }),
  code: z.string(),
  name: z.string(),
  meaning: Meaning,
  deleted: z.boolean(),
}
const perDay = z.array(z.int()).openapi({ description: 'One number for each of `days`' })

const Standing = z
  .object({
    currency: z.string(),
    items: z.array(
      z.object({
        ...item,
        orders: z.int().openapi({ description: 'Archived ones too' }),
        total: z.string().openapi({ description: 'Decimal text, in `currency`' }),
        withoutTotal: z.int().openapi({ description: 'Orders without a total, or in another currency' }),
      }),
    ),
  })
  .openapi('StandingReport')
const StandingByDay = z
  .object({ days: z.array(z.string()), items: z.array(z.object({ ...item, orders: perDay })) })
  .openapi('StandingByDayReport')
const Entries = z
  .object({ days: z.array(z.string()), items: z.array(z.object({ ...item, orders: perDay, total: z.int() })) })
  .openapi('EntriesReport')
const Stays = z
  .object({
    items: z.array(
      z.object({
        ...item,
        stays: z.int(),
        medianMs: z.int().nullable().openapi({ description: 'Milliseconds; null where no stay ended' }),
        p90Ms: z.int().nullable(),
      }),
    ),
  })
  .openapi('StaysReport')
const Flow = z
  .object({
    items: z.array(z.object(item)),
    changes: z.array(z.object({ from: z.string(), to: z.string(), orders: z.int() })).openapi({
      description:
        'By ids of items; `other` is any status that does not count in analytics, `new` an order that begins',
    }),
  })
  .openapi('FlowReport')

const report = <const Name extends string, Q extends z.ZodRawShape, S extends z.ZodType>(
  name: Name,
  query: Q,
  schema: S,
  summary: string,
) =>
  createRoute({
    method: 'get',
    path: `/v1/analytics/statuses/${name}`,
    tags: ['Analytics'],
    summary,
    description: 'Only statuses that count in analytics are told of. As JSON or CSV.',
    request: { query: z.object(query) },
    responses: { 200: orCsv(schema), ...PROBLEMS },
  })

/** For clients of ours it is always the JSON. */
function orCsv<S extends z.ZodType>(schema: S) {
  const answer = json(schema, 'The report')
  return { ...answer, content: { ...answer.content, 'text/csv': { schema: z.string() } } } as typeof answer
}

const standing = report('now', of, Standing, 'Orders that stand in each status now')
const standingByDay = report(
  'over-time',
  over,
  StandingByDay,
  'Orders that stood in each status at the end of each day',
)
const entries = report('entries', over, Entries, 'How many orders entered each status on each day')
const stays = report(
  'stays',
  over,
  Stays,
  'How long orders stayed in each status: median and 90th percentile of stays that ended',
)
const flow = report('flow', over, Flow, 'How many orders went from which status to which')

type Query = z.infer<z.ZodObject<typeof over>>

/** Runs a report over the days that the request means. @throws RequestRefused where they are none or too many */
const overDays = <T>(c: Context<Env>, query: Query, run: (tx: Tx, over: ReportOver) => Promise<T>): Promise<T> =>
  c.var.inWorkspace(async (tx) => {
    const { timezone } = await getOpenWorkspace(tx)
    const today = dayAt(Date.now(), timezone)
    const range = rangeOf(query, today)
    const problems = problemsInRange(range, today)
    if (problems.length > 0) throw new RequestRefused('invalid_request', problems)
    return run(tx, { axis: query.type, by: query.by, timezone, ...range })
  })

/** Whether the request is for CSV rather than JSON. */
function wantsCsv(c: Context<Env>, { format }: Pick<Query, 'format'>): boolean {
  return format ? format === 'csv' : /\btext\/csv\b/.test(c.req.header('accept') ?? '')
}

function csv(c: Context<Env>, name: string, table: Parameters<typeof toCsv>[0]): never {
  return c.body(toCsv(table), 200, {
    'Content-Type': 'text/csv; charset=utf-8; header=present',
    'Content-Disposition': `attachment; filename="${name}.csv"`,
  }) as never
}

export const analytics = () =>
  routes()
    .openapi(standing, async (c) => {
      const query = c.req.valid('query')
      const found = await c.var.inWorkspace(async (tx) => {
        const { currency } = await getOpenWorkspace(tx)
        return reportStanding(tx, { axis: query.type, by: query.by }, currency)
      })
      return wantsCsv(c, query) ? csv(c, `${query.type}-now`, standingTable(found)) : c.json(found, 200)
    })
    .openapi(standingByDay, async (c) => {
      const query = c.req.valid('query')
      const found = await overDays(c, query, reportStandingByDay)
      return wantsCsv(c, query) ? csv(c, `${query.type}-over-time`, daysTable(found)) : c.json(found, 200)
    })
    .openapi(entries, async (c) => {
      const query = c.req.valid('query')
      const found = await overDays(c, query, reportEntries)
      return wantsCsv(c, query) ? csv(c, `${query.type}-entries`, daysTable(found)) : c.json(found, 200)
    })
    .openapi(stays, async (c) => {
      const query = c.req.valid('query')
      const found = await overDays(c, query, reportStays)
      return wantsCsv(c, query) ? csv(c, `${query.type}-stays`, staysTable(found)) : c.json(found, 200)
    })
    .openapi(flow, async (c) => {
      const query = c.req.valid('query')
      const found = await overDays(c, query, reportFlow)
      return wantsCsv(c, query) ? csv(c, `${query.type}-flow`, flowTable(found)) : c.json(found, 200)
    })
