import { Code, Stack, Text, Title } from '@mantine/core'
import { m } from '../texts/paraglide/messages.js'
import { useTitle } from './page.tsx'

/** What a browser sees that is not signed in. */
export function SignIn() {
  useTitle(m.sign_in_title())
  return (
    <Stack component="main" align="center" justify="center" mih="100vh" p="md" ta="center" gap="sm">
      <Title order={1} size="h2">
        {m.sign_in_title()}
      </Title>
      <Text maw={480}>{m.sign_in_how()}</Text>
      <Text c="dimmed" size="sm" maw={480}>
        {m.sign_in_again()}
      </Text>
      <Code>npm run workspace -- sign-in</Code>
    </Stack>
  )
}
