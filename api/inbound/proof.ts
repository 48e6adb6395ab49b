import type { Context } from 'hono'
import type { ChannelKind } from '../../db/model/channel.ts'
import { type ChannelOwner, findChannel } from '../../db/replies.ts'
import type { Env } from '../env.ts'
import { RequestRefused } from '../refusals.ts'

/** Whose channel the secret path of a request belongs to. @throws RequestRefused not_found for a wrong one */
export async function provenChannel(c: Context<Env>, token: string, kind: ChannelKind): Promise<ChannelOwner> {
  const channel = await findChannel(c.var.store, token)
  if (channel?.kind !== kind) throw new RequestRefused('not_found')
  c.set('workspaceId', channel.workspaceId)
  return channel
}
