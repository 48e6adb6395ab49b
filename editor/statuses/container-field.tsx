import { Anchor, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { m } from '../texts/paraglide/messages.js'
import { containersQuery } from './container-queries.ts'
import type { FormState } from './form-state.ts'

/** The container a status stands in: one that exists, or none. Source: S0-32. */
export function ContainerField({ draft: { type, container }, errors, set }: FormState) {
  const { data = [] } = useQuery(containersQuery)
  const make = (
    <Anchor
      inherit
      underline="always"
      renderRoot={(props) => <Link {...props} to="/statuses" search={{ type, containers: true }} />}
    >
      {m.containers_title()}
    </Anchor>
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
