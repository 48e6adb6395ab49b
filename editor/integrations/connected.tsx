import { Alert, Button, Group, List, Stack, Text } from '@mantine/core'
import { TriangleAlert } from 'lucide-react'
import { m } from '../texts/paraglide/messages.js'
import { Copied } from './copied.tsx'

export interface Connection {
  id: string
  url: string
  /** Only if it was made here. */
  secret?: string | undefined
}

/** What to do in the shop now. Source: WooCommerce, Webhooks. */
export function Connected({ made: { url, secret }, onDone }: { made: Connection; onDone: () => void }) {
  return (
    <Stack gap="md">
      {secret && (
        <Alert color="orange" variant="light" icon={<TriangleAlert size={18} aria-hidden />}>
          {m.shops_secret_once()}
        </Alert>
      )}
      <List type="ordered" size="sm" spacing="sm">
        <List.Item>{m.shops_how_open()}</List.Item>
        <List.Item>{m.shops_how_topic()}</List.Item>
        <List.Item>
          {m.shops_how_url()}
          <Copied value={url} what={m.shops_url()} />
        </List.Item>
        <List.Item>
          {secret ? m.shops_how_secret() : m.shops_how_own_secret()}
          {secret && <Copied value={secret} what={m.shops_secret()} />}
        </List.Item>
        <List.Item>{m.shops_how_again()}</List.Item>
      </List>
      <Text size="sm" c="dimmed">
        {m.shops_how_reach()}
      </Text>
      <Group justify="flex-end">
        <Button onClick={onDone}>{m.shops_done()}</Button>
      </Group>
    </Stack>
  )
}
