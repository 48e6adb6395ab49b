import { useStore } from '@xyflow/react'

/** Below this scale cards are blocks of colour and lines are bare. */
const FAR_BELOW = 0.35

/** Everything that is read from the store of React Flow is read here: its next release renames these. */
export const useIsFar = (): boolean => useStore((state) => state.transform[2] < FAR_BELOW)

/** The scale in percent. */
export const useZoomPercent = (): number => useStore((state) => Math.round(state.transform[2] * 100))
