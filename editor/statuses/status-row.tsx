import { Anchor, Code } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { ChartColumn, Lock, type LucideIcon, MessageSquareText, Timer } from 'lucide-react'
import type { ReactNode } from 'react'
import type { StatusCount } from '../orders/order-queries.ts'
import { CopyIcon } from '../shell/copy.tsx'
import { formatPeriod } from '../shell/format.ts'
import { m } from '../texts/paraglide/messages.js'
import { meaningOf } from './draft.ts'
import { dropFor, MoveHandle } from './move-handle.tsx'
import { StatusBadge } from './status-badge.tsx'
import classes from './status-row.module.css'
import type { Positions } from './use-positions.ts'

interface Props {
  status: StatusCount
  statuses: StatusCount[]
  positions: Positions
}

/** One status: what it is called, how many orders stand in it, what it does by itself. Source: S0-18, S0-22, S0-27, S1-14. */
export function StatusRow({ status, statuses, positions }: Props) {
  const { type, code, name, orders, includeInAnalytics } = status
  return (
    <li className={classes.row} {...dropFor(status, positions)}>
      <MoveHandle status={status} positions={positions} />
      <div className={classes.name}>
        <Link className={classes.open!} to="/statuses" search={{ type, code }} resetScroll={false}>
          <StatusBadge type={type} name={name} meaning={meaningOf(status)} />
        </Link>
        <Origin status={status} />
      </div>
      <div className={classes.code}>
        <Code>{code}</Code>
        <CopyIcon value={code} />
      </div>
      <Anchor
        size="sm"
        className={classes.orders!}
        renderRoot={(props) => <Link {...props} to="/orders" search={{ type, status: code }} />}
      >
        {m.statuses_orders({ count: orders })}
      </Anchor>
      <div className={classes.effects}>
        <Effect icon={Timer} isOn={status.timeout !== null}>
          {timeoutWords(status, statuses)}
        </Effect>
        <Effect icon={MessageSquareText} isOn={status.autoSms !== null}>
          {smsWords(status)}
        </Effect>
        <Effect icon={ChartColumn} isOn={includeInAnalytics}>
          {includeInAnalytics ? m.statuses_analytics_on() : m.statuses_analytics_off()}
        </Effect>
      </div>
    </li>
  )
}

function Origin({ status: { isLocked, isInitial } }: { status: StatusCount }) {
  const words = [isLocked && m.statuses_locked_short(), isInitial && m.statuses_initial()].filter(
    (word) => word !== false,
  )
  if (words.length === 0) return null
  return (
    <span className={classes.origin} title={isLocked ? m.statuses_locked() : undefined}>
      {isLocked && <Lock size={12} aria-hidden />}
      {words.join(' · ')}
    </span>
  )
}

function timeoutWords({ timeout }: StatusCount, statuses: StatusCount[]): string {
  if (!timeout) return m.statuses_timeout_none()
  const to = statuses.find(({ code }) => code === timeout.to)?.name ?? timeout.to
  return m.statuses_timeout_row({ period: formatPeriod(timeout.after), to })
}

function smsWords({ autoSms }: StatusCount): string {
  if (!autoSms) return m.statuses_sms_none()
  return autoSms.always ? m.statuses_sms_always() : m.statuses_sms_once()
}

function Effect({ icon: Icon, isOn, children }: { icon: LucideIcon; isOn: boolean; children: ReactNode }) {
  return (
    <span className={classes.effect} data-off={!isOn || undefined}>
      <Icon size={14} aria-hidden />
      {children}
    </span>
  )
}
