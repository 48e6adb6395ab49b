import { ActionIcon, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { Plus, Trash2 } from 'lucide-react'
import { type ComponentType, type ReactNode, useRef, useState } from 'react'
import { isGroup } from '../../db/model/filter.ts'
import type { Group as Conditions } from '../../db/model/filter-schema.ts'
import { m } from '../texts/paraglide/messages.js'
import { newGroup, withMore, withoutRule, withRule } from './edit.ts'
import classes from './filter.module.css'

/** What the form of one condition is given. */
export interface ConditionProps<C> {
  condition: C
  /** The path of its problems: `where/rules/0`. */
  at: string
  /** Its place among its neighbours, from 1; names its fields for screen readers. */
  number: number
  /** Whether it was just added: the keyboard goes there. */
  isNew: boolean
  /** `typedAt`: the field that is typed into, so that the history makes one entry of it. */
  onChange: (condition: C, typedAt?: string) => void
  /** What takes it away. */
  children: ReactNode
}

interface Props<C extends object> {
  filter: Conditions<C>
  /** The path of its problems: `where/rules/0`. */
  at: string
  depth?: number
  /** A condition to begin with. */
  newCondition: () => C
  /** The form of a condition. */
  Condition: ComponentType<ConditionProps<C>>
  onChange: (filter: Conditions<C>, typedAt?: string) => void
}

/** Groups of groups are shown and kept; new ones go one level deep, for more is hard to read. */
const DEPTH_MAX = 1

/** Conditions that all, or any, must hold; groups of them stand in a frame. */
export function FilterGroup<C extends object>(props: Props<C>) {
  const { filter, at, depth = 0, newCondition, Condition, onChange } = props
  const { rules, combinator } = filter
  const [added, setAdded] = useState<number | null>(null)
  const more = useRef<HTMLButtonElement>(null)
  return (
    <Stack gap="xs">
      {filter.not && (
        <Text size="sm" fw={600}>
          {m.step_filter_none_of()}
        </Text>
      )}
      {rules.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label={m.step_filter_match()}
          value={combinator}
          onChange={(value) => onChange({ ...filter, combinator: value as Conditions<C>['combinator'] })}
          data={[
            { value: 'and', label: m.step_filter_all() },
            { value: 'or', label: m.step_filter_any() },
          ]}
        />
      )}
      {rules.map((rule, i) => {
        const path = `${at}/rules/${i}`
        const remove = () => {
          setAdded(null)
          onChange(withoutRule(filter, i))
          // the button that was pressed goes with its condition
          more.current?.focus()
        }
        const change = (to: typeof rule, typedAt?: string) => onChange(withRule(filter, i, to), typedAt)
        return isGroup(rule) ? (
          <section key={path} className={classes.group} aria-label={m.step_filter_group({ number: i + 1 })}>
            <Group justify="space-between">
              <Text size="sm" fw={600}>
                {m.step_filter_group({ number: i + 1 })}
              </Text>
              <Remove label={m.step_filter_remove_group({ number: i + 1 })} onClick={remove} />
            </Group>
            <FilterGroup {...props} filter={rule} at={path} depth={depth + 1} onChange={change} />
          </section>
        ) : (
          <Condition key={path} condition={rule} at={path} number={i + 1} isNew={i === added} onChange={change}>
            <Remove label={m.step_filter_remove({ number: i + 1 })} onClick={remove} />
          </Condition>
        )
      })}
      <Group gap="xs">
        <Button
          ref={more}
          size="xs"
          variant="default"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => {
            setAdded(rules.length)
            onChange(withMore(filter, newCondition()))
          }}
        >
          {m.step_filter_add()}
        </Button>
        {depth < DEPTH_MAX && (
          <Button size="xs" variant="subtle" onClick={() => onChange(withMore(filter, newGroup(newCondition())))}>
            {m.step_filter_add_group()}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

function Remove({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" size={28} aria-label={label} onClick={onClick}>
      <Trash2 size={16} aria-hidden />
    </ActionIcon>
  )
}
