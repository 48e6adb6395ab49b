import { Anchor, Button, CloseButton, Group, Paper, Text, Title } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Smartphone } from 'lucide-react'
import { useState } from 'react'
import { phoneQuery } from '../phones/phone-queries.ts'
import { AnchorLink } from '../shell/anchor-link.tsx'
import { queries } from '../shell/queries.ts'
import { sessionQuery } from '../shell/session.ts'
import { m } from '../texts/paraglide/messages.js'
import { DemoPhone } from './demo-phone.tsx'
import { useMove } from './move.ts'
import { statusCountsQuery } from './order-queries.ts'
import classes from './orders.module.css'

/** What to try first in a demo: one press that makes a phone ring. Nothing in other workspaces. */
export function DemoBanner() {
  const { demo } = useSuspenseQuery(sessionQuery).data
  const [isHidden, setHidden] = useLocalStorage({ key: 'tidings-demo-hidden', defaultValue: false })
  // the next order becomes the one to try as soon as one was moved
  const [tried, setTried] = useState<Tried | null>(null)
  const shown = tried?.demo ?? demo
  const statuses = useQuery(statusCountsQuery).data
  if (!shown || !statuses) return null
  const name = statuses.find((s) => s.type === shown.type && s.code === shown.to)?.name ?? shown.to
  if (isHidden)
    return (
      <Anchor component="button" type="button" size="sm" w="fit-content" onClick={() => setHidden(false)}>
        {m.demo_show()}
      </Anchor>
    )
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="demo-title" className={classes.demo ?? ''}>
      <Offer demo={shown} name={name} tried={tried} onTried={setTried} />
      {tried && <DemoPhone number={shown.phone} order={shown.order} known={tried.known} />}
      <CloseButton className={classes.close ?? ''} aria-label={m.demo_hide()} onClick={() => setHidden(true)} />
    </Paper>
  )
}

type Demo = NonNullable<Awaited<ReturnType<NonNullable<typeof sessionQuery.queryFn>>>['demo']>
/** `known`: the texts that stood on the phone before. */
interface Tried {
  demo: Demo
  known: readonly string[]
}

interface OfferProps {
  demo: Demo
  /** What the status is called that the order moves to. */
  name: string
  tried: Tried | null
  onTried: (tried: Tried) => void
}

function Offer({ demo, name, tried, onTried }: OfferProps) {
  const move = useMove()
  const { order: number, type, to: code, campaign } = demo
  const before = useQuery({ ...phoneQuery(demo.phone), enabled: !tried }).data?.texts ?? []
  const ring = () =>
    move.mutate(
      { number, type, code, name },
      {
        onSuccess: () => {
          onTried({ demo, known: before.map((text) => text.id) })
          void queries.invalidateQueries({ queryKey: ['session'] })
        },
      },
    )
  return (
    <div>
      <Title order={2} size="h4" mb={4} id="demo-title">
        {m.demo_title()}
      </Title>
      <Text size="sm" mb="sm" maw={620}>
        {tried ? m.demo_done({ order: number, status: name }) : m.demo_text({ status: name })}
      </Text>
      {tried ? (
        <Group gap="md">
          <AnchorLink to="/orders/$number" params={{ number }} size="sm">
            {m.demo_see_order()}
          </AnchorLink>
          <AnchorLink to="/campaigns/$id" params={{ id: campaign }} search={{ mode: 'live' }} size="sm">
            {m.demo_see_campaign()}
          </AnchorLink>
        </Group>
      ) : (
        <Button leftSection={<Smartphone size={16} aria-hidden />} loading={move.isPending} onClick={ring}>
          {m.demo_move({ order: number, status: name })}
        </Button>
      )}
    </div>
  )
}
