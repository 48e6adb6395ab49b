import { Badge, Button, Group, Text } from '@mantine/core'
import { formatCount, formatMoment } from '../../shell/format.ts'
import { useWorkspace } from '../../shell/session.ts'
import { m } from '../../texts/paraglide/messages.js'
import type { Version } from './query.ts'
import classes from './versions.module.css'

interface Props {
  version: Version
  onView: () => void
  onCompare: () => void
  onRestore: () => void
}

/** A version: when and by whom it was published, who went through it, and what can be done with it. */
export function VersionItem({ version, onView, onCompare, onRestore }: Props) {
  const { timezone } = useWorkspace()
  const { number, publishedAt, publishedBy, liveUntil, entered, inside } = version
  const when = formatMoment(publishedAt, timezone)
  return (
    <li className={classes.item}>
      <Group gap="xs">
        <Text fw={600} size="sm" component="h3">
          {m.versions_version({ version: number })}
        </Text>
        {liveUntil === null && (
          <Badge variant="dot" color="green">
            {m.versions_current()}
          </Badge>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {publishedBy === null ? when : m.versions_published({ when, by: publishedBy })}
      </Text>
      <Text size="sm">{m.versions_figures({ entered: formatCount(entered), inside: formatCount(inside) })}</Text>
      <Group gap="xs" mt={6}>
        <Button
          size="compact-sm"
          variant="default"
          onClick={onView}
          aria-label={m.versions_view_one({ version: number })}
        >
          {m.versions_view()}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={onCompare}
          aria-label={m.versions_compare_one({ version: number })}
        >
          {m.versions_compare()}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={onRestore}
          aria-label={m.versions_restore_one({ version: number })}
        >
          {m.versions_restore()}
        </Button>
      </Group>
    </li>
  )
}
