import { sql } from 'drizzle-orm'
import { getCampaign } from '../../db/campaign-views.ts'
import { createCampaign, pauseCampaign, publishCampaign, resumeCampaign } from '../../db/campaigns.ts'
import { Campaign } from '../../db/model/campaign-schema.ts'
import { type Desk, unique } from '../factories.ts'

export const draftOf = (...steps: object[]): Campaign => Campaign.parse({ steps })
export const create = (desk: Desk, ...steps: object[]) =>
  desk.run((tx) => createCampaign(tx, unique('Campaign'), draftOf(...steps), desk.nowMs))
export const publish = (desk: Desk, id: string) => desk.run((tx) => publishCampaign(tx, id, 'anna', desk.nowMs))
export const view = (desk: Desk, id: string) => desk.run((tx) => getCampaign(tx, id))
export const pause = (desk: Desk, id: string) => desk.run((tx) => pauseCampaign(tx, id, desk.nowMs))
export const resume = (desk: Desk, id: string) => desk.run((tx) => resumeCampaign(tx, id, desk.nowMs))
export const enrolled = (desk: Desk, campaign: string) =>
  desk.query<{ version: number; state: string }>(
    sql`select v.number as version, e.state from enrolments e join campaign_versions v on v.id = e.version_id
        where e.campaign_id = ${campaign} order by entered_at, e.id`,
  )
/** An order that comes to `to` now. */
export async function moveOne(desk: Desk, to = 'sent'): Promise<void> {
  const order = await desk.order()
  desk.pass(1)
  await desk.move(order, to)
}
