import { Text, Tooltip } from '@mantine/core'
import { ArrowRight } from 'lucide-react'
import { AXES, type Axis } from '../../db/model/status.ts'
import { formatIn, formatMoment } from '../shell/format.ts'
import { useWorkspace } from '../shell/session.ts'
import { m } from '../texts/paraglide/messages.js'
import type { OrderRow } from './order-queries.ts'
import classes from './orders.module.css'
import { useNow } from './use-now.ts'

/** The types beside the one that stands in front. */
export const otherAxes = (type: Axis): Axis[] => AXES.filter((axis) => axis !== type)

/** Where a status of the order moves on to by itself, and when; nothing where it stays. */
export function DeadlineOf({ order, type }: { order: Pick<OrderRow, 'deadlines'>; type: Axis }) {
  const { timezone } = useWorkspace()
  const nowMs = useNow()
  const deadline = order.deadlines.find((d) => d.type === type)
  if (!deadline) return null
  const words = {
    waiting: m.order_deadline({ status: deadline.to.name, in: formatIn(deadline.at, nowMs) }),
    suspended: m.order_deadline_suspended({ status: deadline.to.name }),
    refused: m.order_deadline_refused({ status: deadline.to.name }),
  }[deadline.state]
  return (
    <Tooltip label={formatMoment(deadline.at, timezone)}>
      <Text size="xs" c="dimmed" className={classes.above ?? ''} w="fit-content">
        <ArrowRight size={12} aria-hidden style={{ verticalAlign: '-2px' }} /> {words}
      </Text>
    </Tooltip>
  )
}
