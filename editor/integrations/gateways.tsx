import { Badge, Button, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { CircleCheck, Settings2, Smartphone } from 'lucide-react'
import type { ReactNode } from 'react'
import { m } from '../texts/paraglide/messages.js'
import classes from './integrations.module.css'
import { KannelDrawer } from './kannel-drawer.tsx'
import type { Channel } from './queries.ts'
import { UseGateway } from './use-gateway.tsx'

/** The ways by which texts can leave; exactly one is in use. */
export function Gateways({ channels }: { channels: Channel[] }) {
  const of = (kind: Channel['kind']) => channels.find((channel) => channel.kind === kind)
  const [sandbox, kannel] = [of('sandbox'), of('kannel')]
  return (
    <>
      <ul className={classes.cards}>
        {sandbox && (
          <Card channel={sandbox} name={m.gateway_sandbox()} text={m.gateway_sandbox_text()}>
            <Button
              variant="default"
              size="xs"
              leftSection={<Smartphone size={14} aria-hidden />}
              renderRoot={(props) => <Link {...props} to="/phones" />}
            >
              {m.gateway_sandbox_open()}
            </Button>
          </Card>
        )}
        {kannel && (
          <Card channel={kannel} name={m.gateway_kannel()} text={m.gateway_kannel_text()}>
            <Button
              variant="default"
              size="xs"
              leftSection={<Settings2 size={14} aria-hidden />}
              renderRoot={(props) => <Link {...props} to="/integrations" search={{ gateway: true }} />}
            >
              {kannel.settings ? m.gateway_change() : m.gateway_set_up()}
            </Button>
          </Card>
        )}
      </ul>
      {kannel && <KannelDrawer channel={kannel} />}
    </>
  )
}

function Card(props: { channel: Channel; name: string; text: string; children: ReactNode }) {
  const { channel, name, text, children } = props
  const { settings, inUse, ready } = channel
  return (
    <li className={classes.card}>
      <div className={classes.head}>
        <h3 className={classes.name}>{name}</h3>
        {inUse && <Badge leftSection={<CircleCheck size={12} aria-hidden />}>{m.gateway_in_use()}</Badge>}
      </div>
      <Text size="sm">{text}</Text>
      {settings && (
        <dl className={classes.facts}>
          <dt>{m.gateway_url()}</dt>
          <dd>{settings.url}</dd>
          <dt>{m.gateway_from()}</dt>
          <dd>{settings.from}</dd>
        </dl>
      )}
      <div className={classes.foot}>
        {!inUse && ready && <UseGateway kind={channel.kind} name={name} />}
        {children}
      </div>
    </li>
  )
}
