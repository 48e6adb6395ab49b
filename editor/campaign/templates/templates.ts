import type { Campaign } from '../../../db/model/campaign-schema.ts'
import { m } from '../../texts/paraglide/messages.js'
import { chain, facts, group, type KnownStatus, oneOf, sms, stillWanted, trigger, wait } from './parts.ts'

interface Template {
  name: () => string
  about: () => string
  /** Which statuses it cannot do without, in words. */
  needs: () => string
  /** The campaign for a workspace with these statuses; null when it lacks what `needs` tells. */
  draw: (statuses: readonly KnownStatus[]) => Campaign | null
}

/** Campaigns to begin with, in the order they are offered. They choose statuses by meaning, whatever their names. */
export const TEMPLATES = {
  thanks: {
    name: m.campaigns_template_thanks,
    about: m.campaigns_template_thanks_about,
    needs: m.campaigns_template_delivered_needs,
    draw: (statuses) => {
      const to = oneOf(statuses, 'delivery', ['delivered'])
      return (
        to && chain(trigger('delivery', 'any', to), wait('PT1H'), sms(m.campaigns_template_thanks_message(facts())))
      )
    },
  },
  unpaid: {
    name: m.campaigns_template_unpaid,
    about: m.campaigns_template_unpaid_about,
    needs: m.campaigns_template_unpaid_needs,
    draw: (statuses) => {
      const to = oneOf(statuses, 'payment', ['unpaid', 'awaiting'])
      const pays = { ...stillWanted(), note: m.campaigns_template_unpaid_note() }
      const text = sms(m.campaigns_template_unpaid_message(facts()))
      return to && chain(trigger('payment', 'any', to, { includingCreation: true }), wait('P1D'), pays, text)
    },
  },
  shipped: {
    name: m.campaigns_template_shipped,
    about: m.campaigns_template_shipped_about,
    needs: m.campaigns_template_shipped_needs,
    draw: (statuses) => {
      const to = oneOf(statuses, 'delivery', ['shipped'])
      return to && chain(trigger('delivery', 'any', to), sms(m.campaigns_template_shipped_message(facts())))
    },
  },
  accepted: {
    name: m.campaigns_template_accepted,
    about: m.campaigns_template_accepted_about,
    needs: m.campaigns_template_accepted_needs,
    draw: (statuses) => {
      const from = group(statuses, 'processing')
      const to = group(statuses, 'accepted')
      const text = sms(m.campaigns_template_accepted_message(facts()))
      return from && to && chain(trigger('general', from, to), text)
    },
  },
  review: {
    name: m.campaigns_template_review,
    about: m.campaigns_template_review_about,
    needs: m.campaigns_template_delivered_needs,
    draw: (statuses) => {
      const to = oneOf(statuses, 'delivery', ['delivered'])
      const text = { ...sms(m.campaigns_template_review_message(facts())), note: m.campaigns_template_review_note() }
      return to && chain(trigger('delivery', 'any', to), wait('P3D'), stillWanted(), text)
    },
  },
  winback: {
    name: m.campaigns_template_winback,
    about: m.campaigns_template_winback_about,
    needs: m.campaigns_template_winback_needs,
    draw: (statuses) => {
      const to = group(statuses, 'paid')
      const text = { ...sms(m.campaigns_template_winback_message(facts())), note: m.campaigns_template_winback_note() }
      return to && chain(trigger('general', 'any', to), wait('P60D'), text)
    },
  },
} satisfies Record<string, Template>
export type TemplateKey = keyof typeof TEMPLATES
