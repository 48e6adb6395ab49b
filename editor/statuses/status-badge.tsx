import type { Axis } from '../../db/model/status.ts'
import { colourOf } from './colours.ts'
import classes from './status-badge.module.css'

interface Shown {
  type: Axis
  name: string
  /** The group of a general status, the kind of another; null or missing where it is not known. */
  meaning?: string | null | undefined
}

/** A status by its name, behind a dot in the colour of its group or kind. `small` stands beside others. */
export function StatusBadge({ type, name, meaning, small = false }: Shown & { small?: boolean }) {
  return (
    <span className={classes.badge} data-small={small || undefined} title={name}>
      <StatusDot type={type} meaning={meaning} />
      <span className={classes.name}>{name}</span>
    </span>
  )
}

/** The dot alone, for places that name the status beside it. */
export function StatusDot({ type, meaning }: Omit<Shown, 'name'>) {
  return <span className={classes.dot} style={{ background: colourOf(type, meaning) }} aria-hidden />
}
