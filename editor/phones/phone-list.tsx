import { Badge, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useNow } from '../orders/use-now.ts'
import { formatIn } from '../shell/format.ts'
import { m } from '../texts/paraglide/messages.js'
import type { Phone } from './phone-queries.ts'
import classes from './phones.module.css'

/** The phones that got texts, the last active first. */
export function PhoneList({ phones, chosen }: { phones: readonly Phone[]; chosen: string | undefined }) {
  const nowMs = useNow()
  return (
    <nav aria-label={m.nav_phones()} className={classes.list}>
      <ul>
        {phones.map(({ number, name, optedOut, lastText, lastAt }) => (
          <li key={number}>
            <Link
              to="/phones"
              search={{ number }}
              className={classes.phone ?? ''}
              aria-current={number === chosen ? 'true' : undefined}
            >
              <Group justify="space-between" gap="xs" wrap="nowrap">
                <Text size="sm" fw={600} truncate component="span">
                  {name ?? number}
                </Text>
                <Text size="xs" className={classes.quiet ?? ''} component="span">
                  {formatIn(lastAt, Math.max(nowMs, Date.parse(lastAt)))}
                </Text>
              </Group>
              {name && (
                <Text size="xs" className={classes.quiet ?? ''} component="span">
                  {number}
                </Text>
              )}
              <Text size="sm" truncate component="span">
                {lastText}
              </Text>
              {optedOut && <Badge size="sm">{m.phones_opted_out()}</Badge>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
