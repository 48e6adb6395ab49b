import { Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatMoment } from '../shell/format.ts'
import { useWorkspace } from '../shell/session.ts'
import { Loaded } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import classes from './integrations.module.css'
import { type Shop, unusableQuery } from './queries.ts'

/** What the shop sent that could not be used, and why; the newest first. */
export function UnusableBodies({ shop: { id, invalid } }: { shop: Shop }) {
  const query = useQuery({ ...unusableQuery(id), enabled: invalid > 0 })
  const { timezone } = useWorkspace()
  return (
    <section aria-labelledby="unusable">
      <Title order={3} size="sm" id="unusable" mb={4}>
        {m.shops_unusable()}
      </Title>
      {invalid === 0 ? (
        <Text size="sm" c="dimmed">
          {m.shops_unusable_none()}
        </Text>
      ) : (
        <Loaded query={query}>
          {(events) => (
            <ul className={classes.events}>
              {events.map(({ id: event, receivedAt, topic, error }) => (
                <li key={event}>
                  <Text size="sm">{error?.detail}</Text>
                  <Text size="xs" c="dimmed">
                    {[formatMoment(receivedAt, timezone), topic, error?.field].filter(Boolean).join(' · ')}
                  </Text>
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      )}
    </section>
  )
}
