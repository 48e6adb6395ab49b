import { Stack } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import type { Axis } from '../../db/model/status.ts'
import { itemsOf } from '../statuses/items.ts'
import { GLANCE_MAX } from './choices.ts'
import type { StatusCount } from './order-queries.ts'
import { StatusChoice } from './status-choice.tsx'
import { StatusTabRow } from './status-tab-row.tsx'
import type { Chosen } from './status-tab-values.ts'

export interface StatusTabsProps {
  type: Axis
  /** Those of the type, in their order. */
  statuses: readonly StatusCount[]
  chosen: Chosen
  onChoose: (chosen: Chosen) => void
}

/** Which orders are listed: all, or those in one status or container, each with how many there are. Source: S0-18, S0-19, S0-33. */
export function StatusTabs({ children, ...props }: StatusTabsProps & { children: ReactNode }) {
  const isWide = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false })
  if (isWide && itemsOf(props.statuses).length <= GLANCE_MAX) return <StatusTabRow {...props}>{children}</StatusTabRow>
  return (
    <>
      <StatusChoice {...props} isSearchable={props.statuses.length > GLANCE_MAX} />
      {children}
    </>
  )
}

/** The same of the archive, where orders are not counted, as one list. Source: S3-28. */
export const ArchiveFilter = ({ children, ...props }: StatusTabsProps & { children: ReactNode }) => (
  <Stack gap="md">
    <StatusChoice {...props} isSearchable={props.statuses.length > GLANCE_MAX} isCounted={false} />
    {children}
  </Stack>
)
