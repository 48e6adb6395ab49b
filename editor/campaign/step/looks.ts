import { CircleHelp, Clock, Filter, LogOut, type LucideIcon, MessageSquareText, Zap } from 'lucide-react'
import { isNodeKind, type NodeKind } from '../../../db/model/node-outputs.ts'

interface Look {
  icon: LucideIcon
  /** What sort of step it is; decides the colour of its icon. */
  category: 'trigger' | 'logic' | 'time' | 'message' | 'exit' | 'unknown'
}

const LOOKS = {
  order_status_changed: { icon: Zap, category: 'trigger' },
  filter_customers: { icon: Filter, category: 'logic' },
  wait: { icon: Clock, category: 'time' },
  send_sms: { icon: MessageSquareText, category: 'message' },
  exit: { icon: LogOut, category: 'exit' },
} satisfies Record<NodeKind, Look>
const UNKNOWN: Look = { icon: CircleHelp, category: 'unknown' }

/** How a kind of step looks; one of another release is grey. */
export const lookOf = (kind: string): Look => (isNodeKind(kind) ? LOOKS[kind] : UNKNOWN)
