import { Text, VisuallyHidden } from '@mantine/core'
import { Check, X } from 'lucide-react'
import { isGroup } from '../../db/model/filter.ts'
import type { SegmentCondition, SegmentRule } from '../../db/model/segment-schema.ts'
import { useStatuses } from '../campaign/step/use-statuses.ts'
import { useWorkspace } from '../shell/session.ts'
import { m } from '../texts/paraglide/messages.js'
import type { Explanation } from './queries.ts'
import classes from './segments.module.css'
import { conditionWords, measuredWords } from './words.ts'

/** The verdict, then each condition with what was measured of the customer. */
export function Explained({ rule, explanation }: { rule: SegmentRule; explanation: Explanation }) {
  const { customer, isIn, conditions } = explanation
  const name = customer.name || customer.phone || m.segments_nameless()
  return (
    <div aria-live="polite">
      <Text fw={600} mb="xs" className={isIn ? classes.isTrue : classes.isFalse}>
        {isIn ? m.segments_is_in({ name }) : m.segments_is_out({ name })}
      </Text>
      <Conditions rule={rule} at="" facts={new Map(conditions.map((fact) => [fact.path, fact]))} />
    </div>
  )
}

type Facts = ReadonlyMap<string, Explanation['conditions'][number]>

function Conditions({ rule, at, facts }: { rule: SegmentRule; at: string; facts: Facts }) {
  const { rules, combinator, not } = rule
  return (
    <>
      {(rules.length > 1 || not) && (
        <Text size="xs" c="dimmed" mb={4}>
          {not ? m.segments_none_of() : combinator === 'and' ? m.segments_all_of() : m.segments_any_of()}
        </Text>
      )}
      <ul className={classes.conditions}>
        {rules.map((one, i) => {
          const path = `${at}${at && '/'}rules/${i}`
          return (
            <li key={path}>
              {isGroup(one) ? (
                <Conditions rule={one} at={path} facts={facts} />
              ) : (
                <Condition condition={one} fact={facts.get(path)} />
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}

function Condition({ condition, fact }: { condition: SegmentCondition; fact: ReturnType<Facts['get']> }) {
  const statuses = useStatuses()
  const workspace = useWorkspace()
  // of a rule that changed while its explanation was on the way
  if (!fact) return null
  const Icon = fact.isTrue ? Check : X
  return (
    <div className={classes.condition}>
      <span className={fact.isTrue ? classes.isTrue : classes.isFalse}>
        <Icon size={18} aria-hidden />
        <VisuallyHidden>{fact.isTrue ? m.segments_true() : m.segments_false()}</VisuallyHidden>
      </span>
      <div>
        <Text size="sm">{conditionWords(condition, statuses)}</Text>
        <Text size="xs" c="dimmed">
          {measuredWords(condition, fact.measured, workspace)}
        </Text>
      </div>
    </div>
  )
}
