import { formatCount } from '../shell/format.ts'
import { m } from '../texts/paraglide/messages.js'
import classes from './system.module.css'
import type { Work } from './system-query.ts'

/** What each number counts, in the order of a change's way; `isBad` ones ask for a look when there are any. */
const ROWS = {
  inboundWaiting: { name: m.system_inbound, text: m.system_inbound_text, isBad: false },
  outboxWaiting: { name: m.system_outbox, text: m.system_outbox_text, isBad: false },
  batchesOpen: { name: m.system_batches, text: m.system_batches_text, isBad: false },
  batchesFailed: { name: m.system_batches_failed, text: m.system_batches_failed_text, isBad: true },
  cohortsWalking: { name: m.system_walking, text: m.system_walking_text, isBad: false },
  cohortsHeld: { name: m.system_held, text: m.system_held_text, isBad: false },
  cohortsStuck: { name: m.system_cohorts_stuck, text: m.system_cohorts_stuck_text, isBad: true },
  placesOverdue: { name: m.system_overdue, text: m.system_overdue_text, isBad: true },
  textsQueued: { name: m.system_queued, text: m.system_queued_text, isBad: false },
  textsUnknown: { name: m.system_texts_unknown, text: m.system_texts_unknown_text, isBad: true },
} satisfies Record<keyof Work, { name: () => string; text: () => string; isBad: boolean }>

/** Work of this workspace in numbers. */
export function WorkTable({ work }: { work: Work }) {
  return (
    <dl className={classes.work}>
      {Object.entries(ROWS).map(([key, { name, text, isBad }]) => {
        const count = work[key as keyof Work]
        return (
          <div key={key} className={classes.row}>
            <dt>{name()}</dt>
            <dd
              className={classes.count}
              data-bad={(isBad && count > 0) || undefined}
              data-none={count === 0 || undefined}
            >
              {formatCount(count)}
            </dd>
            <dd className={classes.text}>{text()}</dd>
          </div>
        )
      })}
    </dl>
  )
}
