import { useEffect, useMemo, useState } from 'react'
import type { Campaign } from '../../../db/model/campaign-schema.ts'
import { type Layout, layoutOf, type Shape, shapeKey } from '../document/layout.ts'

/** From so many steps on, a worker finds their places, so that the page never stands still. */
const WORKER_FROM_STEPS = 300

/** Where everything stands; of a long campaign the places before, or null, until the worker has told. */
export function useLayout(campaign: Campaign): Layout | null {
  const key = useMemo(() => shapeKey(campaign), [campaign])
  const isLong = campaign.steps.length >= WORKER_FROM_STEPS
  const here = useMemo(() => (isLong ? null : layoutOf(JSON.parse(key) as Shape)), [isLong, key])
  const [there, setThere] = useState<Layout | null>(null)
  useEffect(() => {
    if (!isLong) return
    const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<Layout>) => setThere(data))
    worker.postMessage(key)
    return () => worker.terminate()
  }, [isLong, key])
  return here ?? there
}
