import { formatCount, formatTenths } from '../shell/format.ts'
import { m } from '../texts/paraglide/messages.js'
import { formatLength } from './length.ts'
import classes from './system.module.css'
import type { Lag, Rates } from './system-query.ts'

/** What waits longer than this asks for a look, in milliseconds. */
const LATE_MS = 60_000

const WAITS = {
  changesMs: { name: m.system_lag_changes, text: m.system_lag_changes_text },
  textsMs: { name: m.system_lag_texts, text: m.system_lag_texts_text },
  deadlinesMs: { name: m.system_lag_deadlines, text: m.system_lag_deadlines_text },
} satisfies Record<keyof Lag, { name: () => string; text: () => string }>

const RATES = {
  changes: m.system_rate_changes,
  textsHanded: m.system_rate_handed,
  textsFailed: m.system_rate_failed,
} satisfies Record<keyof Rates, () => string>

/** How long the oldest of each kind has waited. */
export function Waits({ lag }: { lag: Lag }) {
  return (
    <dl className={classes.work}>
      {Object.entries(WAITS).map(([key, { name, text }]) => {
        const waitedMs = lag[key as keyof Lag]
        return (
          <div key={key} className={classes.row} data-wide>
            <dt>{name()}</dt>
            <dd
              className={classes.count}
              data-bad={(waitedMs !== null && waitedMs > LATE_MS) || undefined}
              data-none={waitedMs === null || undefined}
            >
              {waitedMs === null ? m.system_lag_none() : formatLength(waitedMs)}
            </dd>
            <dd className={classes.text}>{text()}</dd>
          </div>
        )
      })}
    </dl>
  )
}

const MINUTES = 60

/** How much happened lately. */
export function RatesTable({ rates }: { rates: Rates }) {
  return (
    <table className={classes.rates}>
      <thead>
        <tr>
          <th scope="col">{m.system_rates()}</th>
          <th scope="col">{m.system_rate_minute()}</th>
          <th scope="col">{m.system_rate_hour()}</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(RATES).map(([key, name]) => {
          const { lastMinute, lastHour } = rates[key as keyof Rates]
          return (
            <tr key={key}>
              <th scope="row">{name()}</th>
              <td>{formatCount(lastMinute)}</td>
              <td>
                {formatTenths(lastHour / MINUTES)}
                <span className={classes.inAll}>{m.system_rate_in_all({ count: formatCount(lastHour) })}</span>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
