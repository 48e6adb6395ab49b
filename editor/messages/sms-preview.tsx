import { Select, Text } from '@mantine/core'
import { useState } from 'react'
import { m } from '../texts/paraglide/messages.js'
import type { OrderOption, PreviewOrder } from './sms-order.ts'
import styles from './sms-preview.module.css'

/** How the text reads on the customer's phone, and for which order. */
export function SmsPreview({ preview, text }: { preview: PreviewOrder; text: string | undefined }) {
  return (
    <div className={styles.preview}>
      {preview.chosen === null ? (
        <Text size="sm" fw={500}>
          {m.sms_preview_example()}
        </Text>
      ) : (
        <OrderSelect {...preview} chosen={preview.chosen} />
      )}
      <output className={styles.bubble} aria-label={m.sms_preview()} aria-live="off">
        {text ?? <Text c="dimmed">{m.sms_preview_nothing()}</Text>}
      </output>
      <Text size="xs" c="dimmed">
        {wayOf(preview)}
      </Text>
    </div>
  )
}

function wayOf({ phone, optedOut }: PreviewOrder): string | null {
  if (phone === undefined) return null
  if (phone === null) return m.sms_preview_no_phone()
  return optedOut ? m.sms_preview_stopped({ phone }) : m.sms_preview_to({ phone })
}

function OrderSelect({ chosen, found, choose, search }: PreviewOrder & { chosen: OrderOption }) {
  // what stands in a closed field is the choice, not a search
  const [typed, setTyped] = useState<string | null>(null)
  const look = (query: string | null) => {
    setTyped(query)
    search(query ?? '')
  }
  return (
    <Select
      label={m.sms_preview_for()}
      data={found.some(({ value }) => value === chosen.value) ? found : [chosen, ...found]}
      value={chosen.value}
      onChange={(number) => number && choose(number)}
      searchable
      searchValue={typed ?? chosen.label}
      onSearchChange={(query) => typed !== null && look(query)}
      onDropdownOpen={() => look('')}
      onDropdownClose={() => look(null)}
      placeholder={chosen.label}
      // the server has searched already, in phones too
      filter={({ options }) => options}
      allowDeselect={false}
      nothingFoundMessage={m.sms_preview_not_found()}
    />
  )
}
