import { Alert, Button, Checkbox, Menu, Paper, Stack, Text, Title } from '@mantine/core'
import { Archive, ChevronDown, Plus } from 'lucide-react'
import { useState } from 'react'
import { AXES, type Axis } from '../../db/model/status.ts'
import { formatMoment } from '../shell/format.ts'
import { useWorkspace } from '../shell/session.ts'
import { StatusBadge } from '../statuses/status-badge.tsx'
import { m } from '../texts/paraglide/messages.js'
import { Deadline } from './deadlines.tsx'
import { useMove } from './move.ts'
import { MoveMenu } from './move-menu.tsx'
import { NewLabel } from './new-label.tsx'
import classes from './order.module.css'
import type { OrderDetails } from './order-queries.ts'
import { OrderWaits } from './order-waits.tsx'
import { TYPE_WORDS } from './type-words.ts'

/** The three statuses of an order, where each may go, and what it waits for. Source: S0-20, S1-24. */
export function OrderStatuses({ order }: { order: OrderDetails }) {
  const [isSilent, setSilent] = useState(false)
  return (
    <Stack gap="lg" component="aside" aria-label={m.order_statuses()}>
      <Paper withBorder p="md">
        <Title order={2} size="h4" mb="sm">
          {m.order_statuses()}
        </Title>
        {order.archived && (
          <Alert variant="light" color="gray" mb="sm" icon={<Archive size={16} aria-hidden />}>
            {m.refusal_order_archived()}
          </Alert>
        )}
        <div className={classes.rail}>
          {AXES.map((type) => (
            <StatusOfType key={type} order={order} type={type} isSilent={isSilent} />
          ))}
          <Checkbox
            label={m.order_silent()}
            description={m.order_silent_about()}
            checked={isSilent}
            onChange={({ currentTarget }) => setSilent(currentTarget.checked)}
            mt="xs"
          />
        </div>
      </Paper>
      {order.waits.length > 0 && <OrderWaits waits={order.waits} />}
    </Stack>
  )
}

function StatusOfType({ order, type, isSilent }: { order: OrderDetails; type: Axis; isSilent: boolean }) {
  const { timezone } = useWorkspace()
  const { mutate, isPending } = useMove()
  const { number } = order
  const status = order.statuses[type]
  const deadline = order.deadlines.find((d) => d.type === type)
  const [isNaming, setNaming] = useState(false)
  const move = ({ code, name }: { code: string; name: string }) =>
    mutate({ number, type, code, name, silent: isSilent })
  const newLabel = type === 'general' && !order.archived && (
    <Menu.Item leftSection={<Plus size={14} aria-hidden />} onClick={() => setNaming(true)}>
      {m.label_new()}
    </Menu.Item>
  )
  return (
    <section className={classes.type} aria-label={TYPE_WORDS[type]()}>
      <Text size="xs" c="dimmed" mb={4}>
        {TYPE_WORDS[type]()}
      </Text>
      <div className={classes.current}>
        <StatusBadge type={type} {...status} />
        <MoveMenu type={type} choices={order.allowed[type]} onMove={move} last={newLabel}>
          <Button
            variant="default"
            size="xs"
            aria-busy={isPending}
            aria-label={m.order_move({ type: TYPE_WORDS[type]() })}
            rightSection={<ChevronDown size={14} aria-hidden />}
          >
            {m.move_to()}
          </Button>
        </MoveMenu>
        <NewLabel isOpen={isNaming} onClose={() => setNaming(false)} onMade={move} />
      </div>
      <Text size="xs" c="dimmed" mt={4}>
        {m.order_since({ at: formatMoment(status.changedAt, timezone) })}
      </Text>
      {deadline && <Deadline deadline={deadline} isExact />}
    </section>
  )
}
