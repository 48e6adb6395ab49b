import { Alert, Code, Group, List, Stack, Text } from '@mantine/core'
import { Power } from 'lucide-react'
import { m } from '../texts/paraglide/messages.js'
import { AnchorLink } from './anchor-link.tsx'
import { CopyIcon } from './copy.tsx'
import { Page } from './page.tsx'
import { useWorkspace } from './session.ts'
import { Empty } from './states.tsx'

/** Why there are no orders, who switches them on and how to ask for it, and what can be done meanwhile. Source: S1-02. */
export function OrdersOff() {
  const { id, name } = useWorkspace()
  const command = `npm run workspace -- orders on --workspace ${id}`
  return (
    <Empty icon={Power} title={m.orders_off()} text={m.orders_off_text()}>
      <List type="ordered" ta="left" size="sm" maw={460} spacing="xs">
        <List.Item>{m.orders_off_ask({ name })}</List.Item>
        <List.Item>
          {m.orders_off_how()}
          <Group gap={4} wrap="nowrap" align="flex-start">
            <Code style={{ overflowWrap: 'anywhere' }}>{command}</Code>
            <CopyIcon value={command} what={m.orders_off_command()} />
          </Group>
        </List.Item>
        <List.Item>{m.orders_off_then()}</List.Item>
      </List>
      <Text size="sm" c="dimmed" maw={460} mt="xs">
        {m.orders_off_meanwhile()}{' '}
        <AnchorLink to="/statuses" size="sm" underline="always">
          {m.nav_statuses()}
        </AnchorLink>
      </Text>
    </Empty>
  )
}

/** A page that needs orders, while they are off. */
export const OrdersOffPage = ({ title }: { title: string }) => (
  <Page title={title}>
    <OrdersOff />
  </Page>
)

/** What a page cannot do while orders are off, with the way to how they are asked for; nothing while they are on. */
export function OrdersOffNote({ text }: { text: string }) {
  if (useWorkspace().ordersEnabled) return null
  return (
    <Alert color="gray" variant="light" icon={<Power size={18} aria-hidden />} title={m.orders_off()}>
      <Stack gap={4} align="flex-start">
        <Text size="sm">{text}</Text>
        <AnchorLink to="/orders" size="sm">
          {m.orders_off_see_how()}
        </AnchorLink>
      </Stack>
    </Alert>
  )
}
