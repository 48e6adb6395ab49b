import type postgres from 'postgres'
import { until } from '../stack/until.ts'
import type { Violation } from './invariants.ts'
import type { Rig } from './rig.ts'

/** What stood still for half a minute is started again; twice that, and a start of everything, must do. */
const SETTLE_MS = 100_000

/** Waits until nothing is under way any more. What still is after that is the violation. */
export async function settle(rig: Rig): Promise<Violation[]> {
  let left = 0
  try {
    await until(async () => {
      left = (await underWay(rig)) + (await unready(rig))
      if (left > 0) await new Promise((resolve) => setTimeout(resolve, 300))
      return left === 0
    }, SETTLE_MS)
    return []
  } catch {
    return [{ invariant: 'everything comes to rest', count: left, example: JSON.stringify(await rig.ask(whatIsLeft)) }]
  }
}

const unready = async (rig: Rig): Promise<number> => ((await rig.call('GET', '/health/ready'))?.status === 200 ? 0 : 1)

const underWay = async (rig: Rig): Promise<number> => (await rig.ask(whatIsLeft)).reduce((sum, { n }) => sum + n, 0)

const whatIsLeft = (sql: postgres.Sql) => sql<{ what: string; n: number }[]>`
  select 'changes in no batch' as what, count(*)::int as n from outbox where topic = 'order.status_changed' and batch_id is null
  union all select 'words to the engine', count(*)::int from outbox where topic <> 'order.status_changed' and done_at is null
  union all select 'open batches', count(*)::int from batches where consequences_at is null and failed_at is null
  union all select 'walking cohorts', count(*)::int from cohorts where state in ('walking', 'held')
  union all select 'texts on their way', count(*)::int from sms_messages where state in ('queued', 'claimed', 'handing', 'sent')
  union all select 'members who wait, overdue or not', count(*)::int from enrolments where state = 'waiting'`
