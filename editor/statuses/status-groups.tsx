import { Button, Text, VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { type Axis, GROUPS, type Group } from '../../db/model/status.ts'
import { GLANCE_MAX, named } from '../orders/choices.ts'
import type { StatusCount } from '../orders/order-queries.ts'
import { SearchField } from '../shell/search-field.tsx'
import { m } from '../texts/paraglide/messages.js'
import { StatusDot } from './status-badge.tsx'
import classes from './status-groups.module.css'
import { StatusList } from './status-list.tsx'
import { MEANING_WORDS } from './status-words.ts'
import { usePositions } from './use-positions.ts'

/** Statuses of one type: general ones below their seven groups, even the empty ones; many are found by name. Source: S0-11, S0-15. */
export function StatusGroups({ type, statuses }: { type: Axis; statuses: StatusCount[] }) {
  const positions = usePositions()
  const own = statuses.filter((status) => status.type === type)
  const [words, setWords] = useState('')
  const list = (of: StatusCount[]) => <StatusList statuses={of} all={own} positions={positions} />
  return (
    <div className={classes.groups}>
      {own.length > GLANCE_MAX && (
        <SearchField label={m.move_search()} value={words} onSearch={(typed = '') => setWords(typed)} />
      )}
      {words !== '' ? (
        <Found statuses={named(own, words)} list={list} />
      ) : type !== 'general' ? (
        list(own)
      ) : (
        GROUPS.map((group) => {
          const within = own.filter((status) => status.group === group)
          return (
            <GroupSection key={group} group={group}>
              {within.length > 0 ? list(within) : null}
            </GroupSection>
          )
        })
      )}
      <VisuallyHidden role="status">{positions.said}</VisuallyHidden>
    </div>
  )
}

/** Those that are searched for, in one list, out of their containers. */
function Found(props: { statuses: StatusCount[]; list: (of: StatusCount[]) => ReactNode }) {
  if (props.statuses.length === 0) return <Text size="sm">{m.move_not_found()}</Text>
  return props.list(props.statuses.map((status) => ({ ...status, container: null })))
}

function GroupSection({ group, children }: { group: Group; children: ReactNode }) {
  const name = MEANING_WORDS.general[group]!.name()
  return (
    <section aria-labelledby={`group-${group}`}>
      <div className={classes.head}>
        <h2 id={`group-${group}`} className={classes.name}>
          <StatusDot type="general" meaning={group} />
          {name}
        </h2>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Plus size={14} aria-hidden />}
          aria-label={m.statuses_add_to({ group: name })}
          renderRoot={(props) => (
            <Link {...props} to="/statuses" search={{ type: 'general', add: true, group }} resetScroll={false} />
          )}
        >
          {m.statuses_add()}
        </Button>
      </div>
      {children ?? (
        <Text size="sm" c="dimmed" className={classes.empty}>
          {m.statuses_group_empty()}
        </Text>
      )}
    </section>
  )
}
