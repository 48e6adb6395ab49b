import { Text, UnstyledButton } from '@mantine/core'
import { useWorkspace } from '../../shell/session.ts'
import { m } from '../../texts/paraglide/messages.js'
import { type Choice, choicesFor } from './choices.ts'
import type { KnownStatus } from './parts.ts'
import classes from './templates.module.css'

/** The templates as buttons, where there is no campaign yet. */
export function TemplateCards(props: { statuses: readonly KnownStatus[] | undefined; onChoose: (id: string) => void }) {
  const workspace = useWorkspace()
  if (!props.statuses) return null
  return (
    <ul className={classes.cards} aria-label={m.campaigns_templates()}>
      {choicesFor(props.statuses, workspace).map((choice) => (
        <li key={choice.id}>
          <UnstyledButton className={classes.card} disabled={!choice.draft} onClick={() => props.onChoose(choice.id)}>
            <ChoiceText {...choice} />
          </UnstyledButton>
        </li>
      ))}
    </ul>
  )
}

/** What stands on the card of a choice; why it cannot be chosen takes the place of what it does. */
export function ChoiceText({ icon: Icon, name, about, draft, needs }: Choice) {
  return (
    <>
      <span className={classes.icon}>
        <Icon size={16} aria-hidden />
      </span>
      <span>
        <Text span display="block" size="sm" fw={600}>
          {name}
        </Text>
        <Text span display="block" size="xs" c="dimmed">
          {draft ? about : needs}
        </Text>
      </span>
    </>
  )
}
