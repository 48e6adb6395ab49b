import { z } from '@hono/zod-openapi'
import { readPublished } from '../db/home.ts'
import { RequestRefused } from './refusals.ts'

const ANSWER_WITHIN_MS = 3_000

const Phones = z.object({
  phones: z.array(z.object({ number: z.string(), lastText: z.string(), lastAt: z.string(), count: z.int() })),
})
const Texts = z.object({
  texts: z.array(
    z.object({ id: z.string(), direction: z.enum(['to_phone', 'from_phone']), text: z.string(), at: z.string() }),
  ),
})
const Reply = z.object({ id: z.string(), at: z.string() })

/** What the sandbox network's phones show on one line, and their answers. @throws RequestRefused gateway_away, unknown_phone */
export const phoneNetwork = {
  async listPhones(line: string) {
    return (await ask(`/phones?${new URLSearchParams({ line })}`, Phones)).phones
  },
  async listTexts(number: string, line: string) {
    const path = `/phones/${encodeURIComponent(number)}/texts?${new URLSearchParams({ line })}`
    return (await ask(path, Texts)).texts
  },
  async reply(number: string, line: string, text: string) {
    return ask(`/phones/${encodeURIComponent(number)}/replies`, Reply, { text, line })
  },
}

async function ask<T>(path: string, schema: z.ZodType<T>, body?: object): Promise<T> {
  const url = readPublished('sandbox-gateway.url')
  if (!url) throw new RequestRefused('gateway_away')
  const init = {
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    ...(body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }
  // an answer that is cut short, or no JSON, is not the gateway's
  const { status, json } = await fetch(`${url}${path}`, init)
    .then(async (answer) => ({ status: answer.status, json: (await answer.json()) as unknown }))
    .catch(() => ({ status: 503, json: undefined }))
  if (status === 404) throw new RequestRefused('unknown_phone')
  const answer = schema.safeParse(json)
  // a stranger on a port that the gateway left answers something else
  if (status >= 300 || !answer.success) throw new RequestRefused('gateway_away')
  return answer.data
}
