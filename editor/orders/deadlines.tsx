import { Text, Tooltip } from '@mantine/core'
import { ArrowRight } from 'lucide-react'
import { AXES, type Axis } from '../../db/model/status.ts'
import { formatIn, formatMoment } from '../shell/format.ts'
import links from '../shell/row-link.module.css'
import { useWorkspace } from '../shell/session.ts'
import { m } from '../texts/paraglide/messages.js'
import type { OrderRow } from './order-queries.ts'
import { useNow } from './use-now.ts'

type Waiting = OrderRow['deadlines'][number]

/** The types beside the one that stands in front. */
export const otherAxes = (type: Axis): Axis[] => AXES.filter((axis) => axis !== type)

type Parts = { status: string; in: string; isOver: boolean }
const WORDS: Record<Waiting['state'], (parts: Parts) => string> = {
  waiting: m.order_deadline,
  suspended: ({ isOver, ...parts }) => (isOver ? m.order_deadline_overdue(parts) : m.order_deadline_suspended(parts)),
  refused: ({ status }) => m.order_deadline_refused({ status }),
}

/** Where a status moves on to by itself, and when: how far off, and to the minute where `isExact` or pointed at. */
export function Deadline({ deadline, isExact = false }: { deadline: Waiting; isExact?: boolean }) {
  const { timezone } = useWorkspace()
  const nowMs = useNow()
  const { at, to, state } = deadline
  const words = WORDS[state]({ status: to.name, in: formatIn(at, nowMs), isOver: Date.parse(at) <= nowMs })
  const exact = formatMoment(at, timezone)
  return (
    <Tooltip label={exact} disabled={isExact}>
      <Text size="xs" c="dimmed" className={links.above ?? ''} w="fit-content" mt={2}>
        <ArrowRight size={12} aria-hidden style={{ verticalAlign: '-2px' }} /> {words}
        {isExact && state !== 'refused' && ` (${exact})`}
      </Text>
    </Tooltip>
  )
}

/** The deadline of one type; nothing where the status stays. */
export function DeadlineOf({ order, type }: { order: Pick<OrderRow, 'deadlines'>; type: Axis }) {
  const deadline = order.deadlines.find((d) => d.type === type)
  return deadline ? <Deadline deadline={deadline} /> : null
}
