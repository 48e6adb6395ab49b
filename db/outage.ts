import { sqlState } from './client.ts'

/** SQLSTATE classes of a database that is away, full, restarting or torn between transactions: worth trying again. */
const OUTAGE_CLASSES = ['08', '40', '53', '55', '57', '58']

/** Whether an error means that something is away, rather than that this piece of work is bad. */
export function isOutage(error: unknown): boolean {
  const code = sqlState(error)
  if (code === undefined) return false
  // the driver and the operating system name theirs in words: CONNECTION_CLOSED, ECONNREFUSED
  return !/^[0-9A-Z]{5}$/.test(code) || OUTAGE_CLASSES.includes(code.slice(0, 2))
}
