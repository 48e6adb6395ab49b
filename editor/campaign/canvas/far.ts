import { createContext, useContext } from 'react'

/** Whether the canvas is seen from afar. Told to all cards at once: a thousand that watch the scale would slow every move. */
export const FarContext = createContext(false)

export const useFar = (): boolean => useContext(FarContext)
