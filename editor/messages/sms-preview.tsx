import { Select, Text } from '@mantine/core'
import { m } from '../texts/paraglide/messages.js'
import type { PreviewOrder } from './sms-order.ts'
import styles from './sms-preview.module.css'

/** How the text reads on the customer's phone, and for which order. */
export function SmsPreview({ preview, text }: { preview: PreviewOrder; text: string | undefined }) {
  return (
    <div className={styles.preview}>
      {preview.number === undefined ? (
        <Text size="sm" fw={500}>
          {m.sms_preview_example()}
        </Text>
      ) : (
        <OrderSelect {...preview} number={preview.number} />
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

function OrderSelect({ number, found, choose, query, search }: PreviewOrder & { number: string }) {
  const options = found.map((o) => ({ value: o.number, label: o.customer ? `${o.number} · ${o.customer}` : o.number }))
  const isListed = options.some((option) => option.value === number)
  return (
    <Select
      label={m.sms_preview_for()}
      data={isListed ? options : [{ value: number, label: number }, ...options]}
      value={number}
      onChange={(chosen) => chosen && choose(chosen)}
      searchable
      allowDeselect={false}
      searchValue={query}
      onSearchChange={search}
      // the server has searched already, in phones too
      filter={({ options }) => options}
      nothingFoundMessage={m.sms_preview_not_found()}
      maxDropdownHeight={240}
    />
  )
}
