import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { AnchorLink } from '../shell/anchor-link.tsx'
import { m } from '../texts/paraglide/messages.js'
import { containersQuery } from './container-queries.ts'
import type { FormState } from './form-state.ts'

/** The container a status stands in: one that exists, or none. Source: S0-32. */
export function ContainerField({ draft: { type, container }, errors, set }: FormState) {
  const { data = [] } = useQuery(containersQuery)
  const make = (
    <AnchorLink to="/statuses" search={{ type, containers: true }} inherit underline="always">
      {m.containers_title()}
    </AnchorLink>
  )
  return (
    <Select
      label={m.statuses_container()}
      description={
        <>
          {m.statuses_container_hint()} {make}
        </>
      }
      placeholder={m.statuses_container_none()}
      data={data.map(({ name }) => name)}
      value={container}
      onChange={(name) => set({ container: name }, 'container')}
      error={errors.container}
      disabled={data.length === 0}
      searchable
      openOnFocus={false}
      clearable
      clearButtonProps={{ 'aria-label': m.statuses_container_out() }}
    />
  )
}
