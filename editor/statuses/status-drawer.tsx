import { Alert, Drawer } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import type { Axis } from '../../db/model/status.ts'
import type { StatusCount } from '../orders/order-queries.ts'
import { m } from '../texts/paraglide/messages.js'
import { draftOf, emptyDraft } from './draft.ts'
import { StatusForm } from './status-form.tsx'

const route = getRouteApi('/statuses')

/** The form of a status at the side, as the address says: of a known one, or of one that is added. Source: S0-23, S1-09. */
export function StatusDrawer({ statuses }: { statuses: StatusCount[] }) {
  const { type = 'general', code, add, group } = route.useSearch()
  const navigate = route.useNavigate()
  const close = (saved?: Axis) =>
    void navigate({ search: { type: saved ?? type }, ignoreBlocker: saved !== undefined, resetScroll: false })
  const status = statuses.find((s) => s.type === type && s.code === code)
  const isOpen = add === true || code !== undefined
  return (
    <Drawer
      opened={isOpen}
      onClose={() => close()}
      position="right"
      size={560}
      title={m.statuses_property()}
      styles={{ title: { fontWeight: 600 } }}
      closeButtonProps={{ 'aria-label': m.action_close() }}
      // the form is gone at once, so an empty panel would slide out
      transitionProps={{ duration: 150, exitDuration: 0 }}
    >
      {add && <StatusForm key="add" initial={emptyDraft(type, group ?? null)} statuses={statuses} onDone={close} />}
      {!add && status && (
        <StatusForm
          key={`${type} ${code}`}
          initial={draftOf(status)}
          status={status}
          statuses={statuses}
          onDone={close}
        />
      )}
      {!add && code && !status && <Alert color="orange">{m.statuses_gone({ code })}</Alert>}
    </Drawer>
  )
}
