import { useInterval } from '@mantine/hooks'
import { useState } from 'react'

const TICK_MS = 30_000

/** The time of day in epoch ms, renewed often enough for "in 3 minutes". */
export function useNow(): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useInterval(() => setNowMs(Date.now()), TICK_MS, { autoInvoke: true })
  return nowMs
}
