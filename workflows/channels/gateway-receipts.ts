import { homePath } from '../../db/home.ts'
import type { Text } from './channel.ts'
import { type Courier, openCourier, type Parcel } from './gateway-courier.ts'
import { IdCounts } from './gateway-ids.ts'
import { openLog } from './gateway-log.ts'

const RECEIPTS_PER_POST_MAX = 100
/** Phones that are always switched off, so that people can try failures. */
const ABSENT = /000$/

/** Receipts owed to those who handed texts over; which were taken stands in `sandbox-gateway-receipts.log`. */
interface Receipts extends Pick<Courier<Parcel>, 'refusalTo' | 'close'> {
  /** Whether an earlier run of the gateway has told it. Known only until `settle`. */
  wasTold(id: string): boolean
  /** Forgets what earlier runs have told: all that they still owe is owed now. */
  settle(): void
  /** A receipt of this text is told a moment after `at`, ISO 8601, when it was accepted. */
  owe(text: Text, at: string): void
}

/** `afterMs` lies between the acceptance of a text and its receipt. */
export async function openReceipts(afterMs: number): Promise<Receipts> {
  let told = new IdCounts()
  const log = await openLog<{ event: 'receipted' | 'given_up'; id: string }>(
    homePath('sandbox-gateway-receipts.log'),
    ({ id }) => told.add(id),
  )
  const courier = openCourier<Receipt>({
    parcelsMax: RECEIPTS_PER_POST_MAX,
    bodyOf: (parcels) => ({ receipts: parcels.map(wordsOf) }),
    settled: (parcels, outcome) => {
      const event = outcome === 'taken' ? 'receipted' : 'given_up'
      return Promise.all(parcels.map(({ id }) => log.append({ event, id })))
    },
  })

  return {
    refusalTo: courier.refusalTo,
    wasTold: (id) => told.countOf(id) > 0,
    settle() {
      told = new IdCounts()
    },
    owe({ id, to, receiptUrl }, at) {
      courier.deliver(receiptUrl, { id, absent: ABSENT.test(to), dueAtMs: Date.parse(at) + afterMs })
    },
    async close() {
      await courier.close()
      await log.close()
    },
  }
}

type Receipt = Parcel & { id: string; absent: boolean }

function wordsOf({ id, absent, dueAtMs }: Receipt): object {
  const at = new Date(dueAtMs).toISOString()
  return absent ? { id, state: 'undelivered', reason: 'absent', at } : { id, state: 'delivered', at }
}
