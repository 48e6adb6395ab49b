import { Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { m } from '../../texts/paraglide/messages.js'
import { useEditor } from '../draft/use-editor.ts'
import classes from './panel.module.css'

/** The body of the panel: what is in it cannot be changed while a campaign is only looked at. */
export function PanelBody({ children }: { children: ReactNode }) {
  const isReadOnly = useEditor((state) => state.isReadOnly)
  return (
    <fieldset className={classes.body} disabled={isReadOnly} data-fields>
      <legend className={classes.legend}>{m.editor_panel()}</legend>
      <Stack gap="md">
        {isReadOnly && (
          <Text size="sm" c="dimmed">
            {m.editor_read_only()}
          </Text>
        )}
        {children}
      </Stack>
    </fieldset>
  )
}
