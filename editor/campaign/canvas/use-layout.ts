import { useEffect, useMemo, useState } from 'react'
import type { Campaign } from '../../../db/model/campaign-schema.ts'
import { type Layout, type Shape, shapeKey } from '../document/shape.ts'

/** From so many steps on, a worker finds their places, so that the page never stands still. */
const WORKER_FROM_STEPS = 300

type LayoutOf = (shape: Shape) => Layout
// on its way while the campaign itself is
const loading: Promise<LayoutOf> = import('../document/layout.ts').then(({ layoutOf }) => layoutOf)

/** Where everything stands; of a long campaign the places before, or null, until the worker has told. */
export function useLayout(campaign: Campaign): Layout | null {
  const key = useMemo(() => shapeKey(campaign), [campaign])
  const isLong = campaign.steps.length >= WORKER_FROM_STEPS
  const layoutOf = useLayoutOf()
  const here = useMemo(() => (isLong || !layoutOf ? null : layoutOf(JSON.parse(key) as Shape)), [isLong, layoutOf, key])
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

/** What finds the places, once it is loaded; null until then. */
function useLayoutOf(): LayoutOf | null {
  const [loaded, setLoaded] = useState<LayoutOf | null>(null)
  useEffect(() => {
    let isGone = false
    void loading.then((layoutOf) => isGone || setLoaded(() => layoutOf))
    return () => {
      isGone = true
    }
  }, [])
  return loaded
}
