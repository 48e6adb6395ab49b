import { createCampaign, publishCampaign } from '../../db/campaigns.ts'
import { Campaign } from '../../db/model/campaign-schema.ts'
import { receiveReports } from '../../db/receive.ts'
import type { World } from './world.ts'

let events = 0

/** A source says that these orders are in the general status `code`; unknown ones are made, each with a customer. */
export const report = ({ store, workspaceId }: World, numbers: string[], code: string, total = '25.00') =>
  store.inWorkspace(workspaceId, (tx) =>
    receiveReports(
      tx,
      numbers.map((number) => ({
        source: 'test',
        eventId: `${++events}`,
        number,
        occurredAtMs: null,
        customer: { name: `Ann ${number}`, phone: `+12125${100_000 + Number(number)}` },
        order: { total },
        wanted: [{ axis: 'general' as const, status: { code } }],
      })),
      { actor: { kind: 'key', id: 'test' }, nowMs: Date.now() },
    ),
  )

/** Makes a campaign of these steps and publishes it; answers its id. */
export const publishSteps = ({ store, workspaceId }: World, name: string, steps: unknown[]): Promise<string> =>
  store.inWorkspace(workspaceId, async (tx) => {
    const id = await createCampaign(tx, name, Campaign.parse({ steps }), Date.now())
    await publishCampaign(tx, id, 'test', Date.now())
    return id
  })

/** The trigger "the general status becomes `to`, from any other". */
export const trigger = (to: string, out: string) => ({
  id: 'start',
  kind: 'order_status_changed',
  type: 'general',
  from: 'any',
  to: { statuses: [to] },
  next: { out },
})

export const sms = (id: string, message: string, out: string | null = null) => ({
  id,
  kind: 'send_sms',
  message,
  next: { out },
})
