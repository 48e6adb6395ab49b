import { Text } from '@mantine/core'
import { m } from '../../texts/paraglide/messages.js'

export function ExitFields() {
  return (
    <Text size="sm" c="dimmed">
      {m.step_exit_about()}
    </Text>
  )
}
