import { Menu, Text } from '@mantine/core'
import { Square, SquareCheck } from 'lucide-react'
import { Fragment, type ReactNode, useState } from 'react'
import type { Axis } from '../../db/model/status.ts'
import { refusalWords } from '../shell/refusal-words.ts'
import { StatusDot } from '../statuses/status-badge.tsx'
import { m } from '../texts/paraglide/messages.js'
import { type Choice, GLANCE_MAX, named, sectionsOf } from './choices.ts'
import classes from './move-menu.module.css'

interface Moves {
  type: Axis
  choices: readonly Choice[]
  onMove: (choice: Choice) => void
}

interface Props extends Moves {
  /** Opens the menu and gets the focus back. */
  children: ReactNode
  /** Stands on top. */
  first?: ReactNode
  /** Stands below. */
  last?: ReactNode
  /** Whether the customer is not told, where the menu itself asks. */
  silent?: { isOn: boolean; onChange: (isOn: boolean) => void }
}

/** A menu of the statuses an order may go to; many of them are found by name. */
export function MoveMenu({ children, first, last, silent, choices, ...moves }: Props) {
  const [words, setWords] = useState('')
  const isMany = choices.length > GLANCE_MAX
  const items = (
    <>
      {first}
      {first && <Menu.Divider />}
      {first && <Menu.Label>{m.move_to()}</Menu.Label>}
      {silent && <SilentItem {...silent} />}
      <MoveItems {...moves} choices={named(choices, words)} nothing={words ? m.move_not_found() : m.move_nowhere()} />
      {last && <Menu.Divider />}
      {last}
    </>
  )
  return (
    <Menu position="bottom-end" returnFocus shadow="md" width={240}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown mah="min(560px, 80vh)" style={{ overflowY: 'auto' }} ref={isMany ? asDialog : null}>
        {isMany ? (
          <>
            <StatusSearch words={words} onChange={setWords} />
            <div role="menu" aria-label={m.move_to()}>
              {items}
            </div>
          </>
        ) : (
          items
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

/** A menu may hold no field, so what holds both is none. Source: WAI-ARIA 1.2, `menu`. */
const asDialog = (dropdown: HTMLDivElement | null) => {
  dropdown?.setAttribute('role', 'dialog')
  dropdown?.removeAttribute('aria-orientation')
}

const StatusSearch = ({ words, onChange }: { words: string; onChange: (words: string) => void }) => (
  <Menu.Search
    className={classes.search ?? ''}
    aria-label={m.move_search()}
    placeholder={m.move_search()}
    value={words}
    onChange={({ currentTarget: { value } }) => onChange(value)}
  />
)

/** A box that is seen empty too; the menu's own sign is there only when it is chosen. */
function SilentItem({ isOn, onChange }: NonNullable<Props['silent']>) {
  const Box = isOn ? SquareCheck : Square
  return (
    <Menu.CheckboxItem
      checked={isOn}
      onChange={onChange}
      checkIcon={<span />}
      rightSection={<Box size={16} aria-hidden />}
    >
      {m.move_menu_silent()}
    </Menu.CheckboxItem>
  )
}

function MoveItems({ type, choices, onMove, nothing }: Moves & { nothing: string }) {
  const sections = sectionsOf(type, choices)
  if (sections.length === 0) return <Menu.Item disabled>{nothing}</Menu.Item>
  return sections.map(({ title, choices: inSection }) => (
    <Fragment key={title}>
      {title && <Menu.Label>{title}</Menu.Label>}
      {inSection.map((choice) => (
        <Menu.Item
          key={choice.code}
          leftSection={<StatusDot type={type} meaning={choice.meaning} />}
          // what is refused can still be reached, and its reason read
          {...(choice.refusal && { 'aria-disabled': true, c: 'dimmed', closeMenuOnClick: false })}
          onClick={() => choice.refusal ?? onMove(choice)}
        >
          {choice.name}
          {choice.refusal && (
            <Text size="xs" c="dimmed">
              {refusalWords(choice.refusal.code) ?? choice.refusal.detail}
            </Text>
          )}
        </Menu.Item>
      ))}
    </Fragment>
  ))
}
