import { useBlocker } from '@tanstack/react-router'
import type { Saver } from './saver.ts'

/**
 * Saves before another page is opened. What cannot be saved is kept in this browser and offered when the campaign is
 * opened again, so nobody is held back; only closing the window while something is unsaved asks first.
 */
export function useLeaving(saver: Saver): void {
  useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      if (current.pathname !== next.pathname && !(await saver.flush())) saver.keepNow()
      return false
    },
    enableBeforeUnload: () => saver.store.getState().saving.state !== 'clean',
  })
}
