import { Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Page } from '../shell/page.tsx'
import { Loaded } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { RatesTable, Waits } from './pace.tsx'
import { Parts } from './parts.tsx'
import { StuckList } from './stuck-list.tsx'
import { systemQuery } from './system-query.ts'
import { WorkTable } from './work-table.tsx'

/** Whether everything is connected, what does not go on by itself, how fast it goes, and what is under way. */
export function System() {
  const query = useQuery(systemQuery)
  return (
    <Page title={m.nav_system()}>
      <Loaded query={query}>
        {({ version, parts, channel, work, lag, rates, stuck }) => (
          <Stack gap="xl">
            <Section id="parts" title={m.system_parts()}>
              <Parts parts={parts} channel={channel.kind} />
              <Text size="sm" c="dimmed" mt="xs">
                {m.system_version({ version })}
              </Text>
            </Section>
            <Section id="stuck" title={m.system_stuck()}>
              <StuckList stuck={stuck} isWhole={parts.every(({ state }) => state !== 'down')} />
            </Section>
            <Section id="pace" title={m.system_pace()}>
              <Waits lag={lag} />
              <RatesTable rates={rates} />
            </Section>
            <Section id="work" title={m.system_work()}>
              <WorkTable work={work} />
            </Section>
          </Stack>
        )}
      </Loaded>
    </Page>
  )
}

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <Title order={2} size="h4" id={id} mb="sm">
        {title}
      </Title>
      {children}
    </section>
  )
}
