import { Alert, Anchor, Code, ScrollArea, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import { Page } from '../../shell/page.tsx'
import { m } from '../../texts/paraglide/messages.js'
import type { CampaignView } from './query.ts'

/** A draft that cannot be drawn: shown as it is stored, so that nothing of it is lost, and a way to earlier versions. */
export function Unreadable({ view }: { view: CampaignView }) {
  return (
    <Page title={view.name}>
      <Alert
        color="red"
        variant="light"
        icon={<TriangleAlert size={18} aria-hidden />}
        title={m.editor_unreadable()}
        role="alert"
      >
        <Stack gap="xs" align="flex-start">
          {m.editor_unreadable_about()}
          {view.version !== null && (
            <Anchor
              renderRoot={(props) => (
                <Link to="/campaigns/$id" params={{ id: view.id }} search={{ open: 'versions' }} {...props} />
              )}
            >
              {m.editor_versions()}
            </Anchor>
          )}
        </Stack>
      </Alert>
      <ScrollArea>
        <Code block tabIndex={0}>
          {JSON.stringify(view.draft, null, 2)}
        </Code>
      </ScrollArea>
    </Page>
  )
}
