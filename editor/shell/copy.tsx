import { ActionIcon, CopyButton, Tooltip, VisuallyHidden } from '@mantine/core'
import { Check, Copy } from 'lucide-react'
import { m } from '../texts/paraglide/messages.js'

/** Copies a text, and says so. `what` names it where the text itself says little or must not be read out. */
export function CopyIcon({ value, what = value }: { value: string; what?: string }) {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <>
          <Tooltip label={copied ? m.action_copied() : m.action_copy()}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={26}
              onClick={copy}
              aria-label={m.action_copy_value({ value: what })}
            >
              {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
            </ActionIcon>
          </Tooltip>
          <VisuallyHidden role="status">{copied ? m.action_copied() : ''}</VisuallyHidden>
        </>
      )}
    </CopyButton>
  )
}
