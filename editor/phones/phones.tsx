import { Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Smartphone } from 'lucide-react'
import { AnchorLink } from '../shell/anchor-link.tsx'
import { Page } from '../shell/page.tsx'
import { Empty, Loaded } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { Conversation } from './conversation.tsx'
import { PhoneList } from './phone-list.tsx'
import { type Phone, phonesQuery } from './phone-queries.ts'
import classes from './phones.module.css'

const route = getRouteApi('/phones')

/** The phones of the sandbox: what customers would read, and how they would answer. */
export function Phones() {
  const query = useQuery(phonesQuery)
  const { number } = route.useSearch()
  return (
    <Page title={m.nav_phones()}>
      <Text size="sm" c="dimmed">
        {m.phones_sandbox()}
      </Text>
      <Loaded query={query}>
        {(phones) => (phones.length > 0 || number ? <Both phones={phones} number={number} /> : <NoneRang />)}
      </Loaded>
    </Page>
  )
}

function NoneRang() {
  return (
    <Empty icon={Smartphone} title={m.phones_none()} text={m.phones_none_text()}>
      <AnchorLink to="/orders" size="sm">
        {m.phones_to_orders()}
      </AnchorLink>
    </Empty>
  )
}

/** List and conversation side by side; one of them where there is no room for both. */
function Both({ phones, number }: { phones: readonly Phone[]; number: string | undefined }) {
  const isWide = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false })
  if (!isWide)
    return number ? <Conversation number={number} withBack /> : <PhoneList phones={phones} chosen={undefined} />
  const chosen = number ?? phones[0]?.number
  return (
    <div className={classes.both}>
      <PhoneList phones={phones} chosen={chosen} />
      {chosen && <Conversation key={chosen} number={chosen} />}
    </div>
  )
}
