import { Button, Menu, Text } from '@mantine/core'
import { Braces } from 'lucide-react'
import { Fragment } from 'react'
import { m } from '../texts/paraglide/messages.js'
import { VARIABLE_GROUPS } from './sms-variables.ts'

/** What a text can say about its customer, order and shop, to be put in where the caret stands. */
export function VariableMenu({ onPick, disabled }: { onPick: (variable: string) => void; disabled: boolean }) {
  return (
    <Menu position="bottom-end" returnFocus={false} withinPortal>
      <Menu.Target>
        <Button
          variant="default"
          size="compact-xs"
          h={26}
          disabled={disabled}
          leftSection={<Braces size={14} aria-hidden />}
        >
          {m.sms_insert()}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {VARIABLE_GROUPS.map(({ title, variables }) => (
          <Fragment key={title()}>
            <Menu.Label>{title()}</Menu.Label>
            {Object.entries(variables).map(([variable, name]) => (
              <Menu.Item key={variable} onClick={() => onPick(variable)} rightSection={<Named variable={variable} />}>
                {name()}
              </Menu.Item>
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

const Named = ({ variable }: { variable: string }) => (
  <Text span size="xs" ff="monospace" pl="md">
    {variable}
  </Text>
)
