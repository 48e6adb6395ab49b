import { z } from '@hono/zod-openapi'
import type { ChosenOrders } from '../db/chosen-orders.ts'
import { NUMBERS_MAX } from '../db/model/limits.ts'
import { AXES } from '../db/model/status.ts'
import { text } from './fields.ts'

/** What narrows a list of orders, as `GET /v1/orders` takes it. */
export const orderSearch = {
  type: z.enum(AXES).optional(),
  status: text(80).optional().openapi({ description: 'The code of a status of `type`, of general where missing' }),
  container: text(80).optional().openapi({ description: 'A container: orders in any status of `type` within it' }),
  q: z.string().trim().max(200).optional().openapi({ description: 'A part of a number, name or phone' }),
}

/** The two ways to name many orders. */
export const chosenOrders = {
  numbers: z.array(text(80)).min(1).max(NUMBERS_MAX).optional().openapi({ description: 'Orders by their numbers' }),
  all: z
    .object(orderSearch)
    .optional()
    .openapi({ description: 'All orders that the list with these filters shows, instead of numbers' }),
}

/** One of these fields and no other of them. */
export const exactlyOne =
  <K extends string>(...fields: K[]) =>
  (body: Partial<Record<K, unknown>>): boolean =>
    fields.filter((field) => body[field] !== undefined).length === 1

/** The orders that a request names, those in the archive or those outside of it. */
export const readChosen = (
  { numbers, all }: { numbers?: string[] | undefined; all?: z.infer<typeof chosenOrders.all> },
  archived: boolean,
): ChosenOrders => (numbers ? { numbers } : { all: { ...all, archived } })
