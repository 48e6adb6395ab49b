import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { ArrowRight, CircleAlert, type LucideIcon, MessageSquareText, TriangleAlert } from 'lucide-react'
import type { Axis } from '../../db/model/status.ts'
import type { StatusCount } from '../orders/order-queries.ts'
import { TYPE_WORDS } from '../orders/type-words.ts'
import { m } from '../texts/paraglide/messages.js'
import { meaningOf } from './draft.ts'
import { StatusBadge } from './status-badge.tsx'
import classes from './status-map.module.css'
import type { Finding } from './status-map-query.ts'
import { findingWords, moveWords, subjectOf, textWords } from './status-map-words.ts'

const ICONS = { error: CircleAlert, warning: TriangleAlert } satisfies Record<Finding['level'], LucideIcon>

interface Props {
  findings: readonly Finding[]
  statuses: readonly StatusCount[]
  /** In a form: without the way to the status, which stands open already. */
  isInForm?: boolean
}

/** Findings in sentences, each with its example. */
export function Findings({ findings, statuses, isInForm = false }: Props) {
  return (
    <ul className={classes.list} data-flush={isInForm || undefined}>
      {findings.map((finding) => (
        <li key={`${finding.kind} ${finding.type} ${finding.statuses}`} className={classes.finding}>
          {!isInForm && <Level level={finding.level} />}
          <div className={classes.body}>
            {!isInForm && <Subject finding={finding} />}
            <Text size="sm">{findingWords(finding)}</Text>
            <Path finding={finding} statuses={statuses} />
          </div>
        </li>
      ))}
    </ul>
  )
}

function Level({ level }: { level: Finding['level'] }) {
  const Icon = ICONS[level]
  return <Icon size={18} className={classes[level]} aria-hidden />
}

/** The status that can be mended, as a link to its form. */
function Subject({ finding }: { finding: Finding }) {
  const { code, name } = subjectOf(finding)
  const { type } = finding
  return (
    <Text size="sm" fw={600}>
      <Link className={classes.open!} to="/statuses" search={{ type, code }} resetScroll={false}>
        {name}
      </Link>{' '}
      <Text span size="sm" c="dimmed" fw={400}>
        {TYPE_WORDS[type]()}
      </Text>
    </Text>
  )
}

/** What happens to one order: a row of statuses with what leads from one to the next, and the texts on the way. */
function Path({ finding: { path, type }, statuses }: { finding: Finding; statuses: readonly StatusCount[] }) {
  return (
    <ol className={classes.path} aria-label={m.map_path()}>
      {path.map((step, i) => {
        const [move, texts] = [moveWords(path, i), textWords(step)]
        return (
          // a circle comes to its first status twice
          // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a path never change their places
          <li key={i} className={classes.step}>
            {move && (
              <span className={classes.move}>
                <ArrowRight size={14} aria-hidden />
                {move}
                <ArrowRight size={14} aria-hidden />
              </span>
            )}
            <StatusBadge type={type} name={step.name} meaning={meaningIn(statuses, type, step.code)} />
            {texts && (
              <span className={classes.texts}>
                <MessageSquareText size={14} aria-hidden />
                {texts}
              </span>
            )}
          </li>
        )
      })}
    </ol>
  )
}

/** Of a status that is only being added nothing is known yet. */
function meaningIn(statuses: readonly StatusCount[], type: Axis, code: string) {
  const status = statuses.find((s) => s.type === type && s.code === code)
  return status && meaningOf(status)
}
