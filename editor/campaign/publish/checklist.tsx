import { Button, Group, Text } from '@mantine/core'
import { CircleAlert, CircleCheck, type LucideIcon, TriangleAlert } from 'lucide-react'
import { asSentence } from '../../shell/as-sentence.ts'
import { m } from '../../texts/paraglide/messages.js'
import classes from './publish.module.css'
import type { Publication } from './query.ts'

type Problem = Publication['problems'][number]

const LEVELS = {
  error: { icon: CircleAlert, words: m.publish_error },
  warning: { icon: TriangleAlert, words: m.publish_warning },
} satisfies Record<Problem['level'], { icon: LucideIcon; words: () => string }>

interface Props {
  problems: readonly Problem[]
  /** What the steps of the draft are called. */
  titles: ReadonlyMap<string, string>
  goTo: (stepId: string) => void
}

/** What keeps the draft from being published, and what is only odd, each with a way to its step. */
export function PublishChecklist({ problems, titles, goTo }: Props) {
  if (problems.length === 0)
    return (
      <Group gap="xs" wrap="nowrap" className={classes.fine}>
        <CircleCheck size={18} aria-hidden />
        <Text size="sm">{m.publish_fine()}</Text>
      </Group>
    )
  const errors = problems.filter(({ level }) => level === 'error').length
  return (
    <section aria-label={m.publish_checklist()}>
      <Text size="sm" fw={600} mb={6}>
        {errors > 0 ? m.publish_errors({ count: errors }) : m.publish_warnings()}
      </Text>
      <ul className={classes.problems}>
        {problems.map((problem) => (
          <li key={`${problem.field}/${problem.detail}`} className={classes.problem}>
            <Item {...problem} title={problem.step === undefined ? undefined : titles.get(problem.step)} goTo={goTo} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Item({ level, detail, step, title, goTo }: Problem & { title: string | undefined; goTo: Props['goTo'] }) {
  const { icon: Icon, words } = LEVELS[level]
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Icon size={16} className={classes[level]} aria-hidden />
      <div className={classes.grow}>
        <Text size="sm" fw={600}>
          {title === undefined ? words() : m.publish_where({ level: words(), title })}
        </Text>
        <Text size="sm">{asSentence(detail)}</Text>
      </div>
      {step !== undefined && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={m.publish_go_to({ title: title ?? step })}
          onClick={() => goTo(step)}
        >
          {m.publish_go()}
        </Button>
      )}
    </Group>
  )
}
