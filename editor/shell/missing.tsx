import { Anchor, Stack } from '@mantine/core'
import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import { Map as MapIcon } from 'lucide-react'
import { m } from '../texts/paraglide/messages.js'
import { useTitle } from './page.tsx'
import { Empty, Failed } from './states.tsx'

/** An address where no page is. */
export function Missing() {
  useTitle(m.missing_title())
  return (
    <Empty icon={MapIcon} title={m.missing_title()} text={m.missing_text()}>
      <Anchor component={Link} to="/orders">
        {m.missing_home()}
      </Anchor>
    </Empty>
  )
}

/** A page that broke; the menu beside it goes on. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  return (
    <Stack p="md">
      <Failed error={error instanceof Error ? error : new Error(String(error))} retry={reset} />
    </Stack>
  )
}
