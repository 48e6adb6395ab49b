import { Badge, Group, Paper, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ArrowLeft, BellOff } from 'lucide-react'
import { AnchorLink } from '../shell/anchor-link.tsx'
import { Loaded } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { phoneQuery } from './phone-queries.ts'
import classes from './phones.module.css'
import { ReplyBox } from './reply-box.tsx'
import { Texts } from './texts.tsx'

/** What one phone got and answered, and a way to answer as it. */
export function Conversation({ number, withBack = false }: { number: string; withBack?: boolean }) {
  const query = useQuery(phoneQuery(number))
  const { name, optedOut = false } = query.data ?? {}
  return (
    <Paper withBorder component="section" aria-labelledby="phone-title" className={classes.conversation ?? ''}>
      <div className={classes.head}>
        {withBack && (
          <AnchorLink to="/phones" size="sm" className={classes.back ?? ''}>
            <ArrowLeft size={16} aria-hidden /> {m.phones_back()}
          </AnchorLink>
        )}
        <Group justify="space-between" gap="xs">
          <div>
            <Title order={2} size="h4" id="phone-title">
              {name ?? number}
            </Title>
            {name && (
              <Text size="xs" c="dimmed">
                {number}
              </Text>
            )}
          </div>
          {optedOut && <Badge leftSection={<BellOff size={12} aria-hidden />}>{m.phones_opted_out()}</Badge>}
        </Group>
      </div>
      <Loaded query={query}>{(phone) => <Texts texts={phone.texts} />}</Loaded>
      <ReplyBox number={number} isOff={!query.data || query.data.texts.length === 0} />
    </Paper>
  )
}
