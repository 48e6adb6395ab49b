import { Checkbox } from '@mantine/core'
import links from '../shell/row-link.module.css'
import { m } from '../texts/paraglide/messages.js'

/** What a list of orders needs to let them be chosen. */
export interface Selecting {
  isSelected: (number: string) => boolean
  /** How many of those shown are. */
  page: 'none' | 'some' | 'all'
  onToggle: (number: string) => void
  onTogglePage: () => void
}

/** The box of one order; it lies above the link that reaches over the whole row or card. */
export const SelectOrder = ({ number, selecting }: { number: string; selecting: Selecting }) => (
  <Checkbox
    className={links.above ?? ''}
    aria-label={m.bulk_select({ order: number })}
    checked={selecting.isSelected(number)}
    onChange={() => selecting.onToggle(number)}
  />
)

/** The box of all that are shown, with its words beside it where `label` is given. */
export const SelectPage = ({ selecting, isLabelled = false }: { selecting: Selecting; isLabelled?: boolean }) => (
  <Checkbox
    {...(isLabelled ? { label: m.bulk_select_page() } : { 'aria-label': m.bulk_select_page() })}
    checked={selecting.page === 'all'}
    indeterminate={selecting.page === 'some'}
    onChange={selecting.onTogglePage}
  />
)
