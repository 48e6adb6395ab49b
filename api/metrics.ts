import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Store } from '../db/client.ts'
import { type Counted, listFigures } from '../db/figures.ts'

/** What each figure of the store stands for, and what its label tells apart. */
const FIGURES: Record<string, { help: string; label?: string }> = {
  changes_waiting: { help: 'Changes that are in no batch yet' },
  changes_oldest_seconds: { help: 'How long the oldest change has waited for its batch' },
  wakes_waiting: { help: 'Words to timers and cohorts that are not carried yet' },
  batches: { help: 'Batches whose consequences do not stand yet', label: 'state' },
  cohorts: { help: 'Cohorts that walk, are held or are stuck', label: 'state' },
  texts: { help: 'Texts that are not handed over yet', label: 'state' },
  texts_oldest_seconds: { help: 'How long the oldest queued text has waited' },
  changes_recent: { help: 'Changes put into batches within the last minute and hour', label: 'within' },
  texts_handed_recent: { help: 'Texts that gateways took within the last minute and hour', label: 'within' },
  texts_failed_recent: { help: 'Texts that gateways refused within the last minute and hour', label: 'within' },
  channels_failing: { help: 'Channels whose gateway takes no texts' },
  channels_failing_seconds: { help: 'How long the gateway of a channel has taken no texts, the longest' },
  deadline_late_seconds: { help: 'How late the latest timer is' },
  shop_bodies_waiting: { help: 'Bodies of shops that are not worked on yet' },
}
/** Seconds, around what is promised. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

export interface Metrics {
  /** A request that was answered. */
  observe(answer: { method: string; route: string; status: number }, seconds: number): void
  /** Everything in the form of Prometheus; asks the store, if it answers. */
  read(): Promise<{ text: string; contentType: string }>
}

/** What this process counts, and what the store does. Source: Prometheus text format 0.0.4. */
export function openMetrics(store: Store): Metrics {
  const register = new Registry()
  collectDefaultMetrics({ register, prefix: 'tidings_api_' })
  const requests = new Histogram({
    name: 'tidings_http_request_seconds',
    help: 'From a request to its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [register],
  })
  const gauges = new Map(
    Object.entries(FIGURES).map(([name, { help, label }]) => [
      name,
      new Gauge({ name: `tidings_${name}`, help, labelNames: label ? [label] : [], registers: [register] }),
    ]),
  )
  const up = new Gauge({ name: 'tidings_database_up', help: 'Whether the database answers', registers: [register] })
  const take = (counted: readonly Counted[]) => {
    for (const gauge of gauges.values()) gauge.reset()
    for (const { name, label, value } of counted) {
      const by = FIGURES[name]?.label
      gauges.get(name)?.set(by ? { [by]: label } : {}, value)
    }
  }
  return {
    observe: (answer, seconds) => requests.observe(answer, seconds),
    async read() {
      const counted = await listFigures(store, Date.now()).catch(() => null)
      up.set(counted ? 1 : 0)
      take(counted ?? [])
      return { text: await register.metrics(), contentType: register.contentType }
    },
  }
}
