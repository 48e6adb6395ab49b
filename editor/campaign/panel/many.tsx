import { Text } from '@mantine/core'
import { m } from '../../texts/paraglide/messages.js'
import { PanelBody } from './body.tsx'
import { Buttons } from './buttons.tsx'

/** What can be done with several steps at once. */
export function PanelMany({ onRemove }: { onRemove: () => void }) {
  return (
    <PanelBody>
      <Text size="sm">{m.editor_many_about()}</Text>
      <Buttons mayDuplicate onRemove={onRemove} />
    </PanelBody>
  )
}
