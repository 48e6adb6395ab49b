import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { api, ask } from '../../shell/api.ts'
import { queries } from '../../shell/queries.ts'
import { tellRefusal } from '../../shell/tell-refusal.ts'
import { m } from '../../texts/paraglide/messages.js'
import { type CampaignRow, insideOf } from './query.ts'

const at = ({ id }: CampaignRow) => ({ param: { id } })

/** What is done to a campaign at once, and how it is told. */
const ACTIONS = {
  pause: {
    ask: (campaign: CampaignRow) => ask(api.campaigns[':id'].pause.$post(at(campaign))),
    told: (campaign: CampaignRow) => m.campaigns_paused({ name: campaign.name, count: insideOf(campaign) }),
  },
  resume: {
    ask: (campaign: CampaignRow) => ask(api.campaigns[':id'].resume.$post(at(campaign))),
    told: (campaign: CampaignRow) => m.campaigns_resumed({ name: campaign.name, count: campaign.held }),
  },
  copy: {
    ask: (campaign: CampaignRow) => ask(api.campaigns[':id'].copy.$post(at(campaign))),
    told: (campaign: CampaignRow) => m.campaigns_copied({ name: campaign.name }),
  },
}
export type Action = keyof typeof ACTIONS

/** Does it, and says so; a refusal is told with its reason. */
export function useCampaignAction(campaign: CampaignRow) {
  return useMutation({
    mutationFn: (action: Action) => ACTIONS[action].ask(campaign),
    onSuccess: (_, action) => notifications.show({ message: ACTIONS[action].told(campaign), color: 'green' }),
    onError: (error) => tellRefusal(error),
    onSettled: () => queries.invalidateQueries({ queryKey: ['campaigns'] }),
  })
}

/** Gives a campaign another name. */
export function useRename({ id }: CampaignRow, onDone: () => void) {
  return useMutation({
    mutationFn: (name: string) => ask(api.campaigns[':id'].$patch({ param: { id }, json: { name } })),
    onSuccess: onDone,
    onSettled: () => queries.invalidateQueries({ queryKey: ['campaigns'] }),
  })
}

/** Deletes a campaign for good; the store refuses it for one that was published. */
export function useDelete({ id, name }: CampaignRow, onDone: () => void) {
  return useMutation({
    mutationFn: () => ask(api.campaigns[':id'].$delete({ param: { id } })),
    onSuccess: () => {
      notifications.show({ message: m.campaigns_deleted({ name }), color: 'green' })
      onDone()
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['campaigns'] }),
  })
}
