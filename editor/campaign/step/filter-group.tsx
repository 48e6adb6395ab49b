import { ActionIcon, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { Plus, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { isGroup } from '../../../db/model/filter.ts'
import type { Filter } from '../../../db/model/filter-schema.ts'
import { m } from '../../texts/paraglide/messages.js'
import classes from './filter.module.css'
import { FilterCondition } from './filter-condition.tsx'
import { newCondition, newGroup, withMore, withoutRule, withRule } from './filter-edit.ts'

interface Props {
  stepId: string
  filter: Filter
  /** The path of its problems: `where/rules/0`. */
  at: string
  depth: number
  /** `typedAt`: the field that is typed into, so that the history makes one entry of it. */
  onChange: (filter: Filter, typedAt?: string) => void
}

/** Groups of groups are shown and kept; new ones go one level deep, for more is hard to read. */
const DEPTH_MAX = 1

/** Conditions that all, or any, must hold; groups of them stand in a frame. */
export function FilterGroup({ stepId, filter, at, depth, onChange }: Props) {
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
          onChange={(value) => onChange({ ...filter, combinator: value as Filter['combinator'] })}
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
            <FilterGroup stepId={stepId} filter={rule} at={path} depth={depth + 1} onChange={change} />
          </section>
        ) : (
          <FilterCondition
            key={path}
            stepId={stepId}
            condition={rule}
            at={path}
            number={i + 1}
            isNew={i === added}
            onChange={change}
          >
            <Remove label={m.step_filter_remove({ number: i + 1 })} onClick={remove} />
          </FilterCondition>
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
          <Button size="xs" variant="subtle" onClick={() => onChange(withMore(filter, newGroup()))}>
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
