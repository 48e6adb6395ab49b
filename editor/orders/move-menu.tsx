import { Menu, Text } from '@mantine/core'
import { Square, SquareCheck } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import type { Axis } from '../../db/model/status.ts'
import { refusalWords } from '../shell/refusal-words.ts'
import { StatusDot } from '../statuses/status-badge.tsx'
import { m } from '../texts/paraglide/messages.js'
import { type Choice, sectionsOf } from './choices.ts'

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

/** A menu of the statuses an order may go to. */
export function MoveMenu({ children, first, last, silent, ...moves }: Props) {
  return (
    <Menu position="bottom-end" returnFocus shadow="md" width={240}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown mah="min(560px, 80vh)" style={{ overflowY: 'auto' }}>
        {first}
        {first && <Menu.Divider />}
        {first && <Menu.Label>{m.move_to()}</Menu.Label>}
        {silent && <SilentItem {...silent} />}
        <MoveItems {...moves} />
        {last && <Menu.Divider />}
        {last}
      </Menu.Dropdown>
    </Menu>
  )
}

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

function MoveItems({ type, choices, onMove }: Moves) {
  const sections = sectionsOf(type, choices)
  if (sections.length === 0) return <Menu.Item disabled>{m.move_nowhere()}</Menu.Item>
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
