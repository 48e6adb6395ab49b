import { sqlState } from './client.ts'

/** SQLSTATE classes of a database that is away, full, restarting or torn between transactions: worth trying again. */
const OUTAGE_CLASSES = ['08', '40', '53', '55', '57', '58']
/** What the driver and the operating system say of a connection: CONNECTION_CLOSED, ECONNREFUSED, EPIPE; not Node's ERR_…. */
const CONNECTION = /^(CONNECT|E(?!RR_)[A-Z]+)/

/** Whether an error means that something is away, rather than that this piece of work is bad. */
export function isOutage(error: unknown): boolean {
  const code = sqlState(error)
  return code !== undefined && (CONNECTION.test(code) || OUTAGE_CLASSES.includes(code.slice(0, 2)))
}
