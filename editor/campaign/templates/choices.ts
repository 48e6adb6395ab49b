import { FilePlus2, type LucideIcon } from 'lucide-react'
import type { Campaign } from '../../../db/model/campaign-schema.ts'
import { m } from '../../texts/paraglide/messages.js'
import { TEMPLATE_ICONS } from './icons.ts'
import type { KnownStatus } from './parts.ts'
import { TEMPLATES, type TemplateKey } from './templates.ts'

/** Something to begin a campaign with. */
export interface Choice {
  id: string
  name: string
  about: string
  icon: LucideIcon
  /** Null where the workspace lacks statuses; `needs` tells which. */
  draft: Campaign | null
  needs: string
}

/** What a campaign can begin with, the blank one last; none while orders are off, as every campaign starts with one. */
export const choicesFor = (statuses: readonly KnownStatus[], { ordersEnabled }: { ordersEnabled: boolean }): Choice[] =>
  [...templateChoices(statuses), blankChoice()].map((choice) =>
    ordersEnabled ? choice : { ...choice, draft: null, needs: m.campaigns_template_needs_orders() },
  )

/** The templates for a workspace with these statuses, in order. */
export const templateChoices = (statuses: readonly KnownStatus[]): Choice[] =>
  (Object.keys(TEMPLATES) as TemplateKey[]).map((key) => {
    const { name, about, needs, draw } = TEMPLATES[key]
    return { id: key, name: name(), about: about(), icon: TEMPLATE_ICONS[key], draft: draw(statuses), needs: needs() }
  })

/** Begins with nothing. */
const blankChoice = (): Choice => ({
  id: 'blank',
  name: m.campaigns_template_blank(),
  about: m.campaigns_template_blank_about(),
  icon: FilePlus2,
  draft: { steps: [] },
  needs: '',
})
