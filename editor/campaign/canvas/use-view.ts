import { useReactFlow } from '@xyflow/react'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { flowOf } from '../document/document.ts'
import { type Layout, NODE_HEIGHT_PX, NODE_WIDTH_PX } from '../document/shape.ts'
import { leadOf } from '../draft/store.ts'
import { useEditor, useEditorStore } from '../draft/use-editor.ts'

/** How long the canvas takes to bring a step into view, in milliseconds. */
const PAN_MS = 140
/** A step this near the edge of the canvas counts as out of view, in pixels. */
const MARGIN_PX = 24
/** Frames within which a step that came into view is drawn. */
const FRAMES_MAX = 40

interface Wish {
  id: string
  isFocus: boolean
}

/**
 * Lets commands move the view and the focus. A card outside of the view is not there at all, so the view moves first
 * and the focus follows. `stop` is the step that the Tab key leads to.
 */
export function useView(root: RefObject<HTMLDivElement | null>, layout: Layout) {
  const editor = useEditorStore()
  const flow = useReactFlow()
  const stop = useEditor((state) => leadOf(state) ?? flowOf(state.campaign).order[0] ?? null)
  const [wish, setWish] = useState<Wish | null>(null)
  const [isStopAway, setStopAway] = useState(false)
  const latest = useRef({ layout, stop })
  latest.current = { layout, stop }

  const checkStop = useCallback(() => {
    const id = latest.current.stop
    setStopAway(id !== null && cardOf(root.current, id) === null)
  }, [root])

  useEffect(() => {
    editor.setState({
      view: {
        fit: () => void flow.fitView({ maxZoom: 1, padding: 0.1, duration: motion() }),
        zoom: (to) => void ZOOMS[to](flow),
        show: (id) => setWish({ id, isFocus: false }),
        focus: (id) => setWish({ id, isFocus: true }),
        boxOf: (id) => cardOf(root.current, id)?.getBoundingClientRect() ?? null,
      },
    })
    return () => editor.setState({ view: null })
  }, [editor, flow, root])

  useEffect(() => {
    const at = wish && layout.nodes.get(wish.id)
    if (!wish || !at) return
    const panel = root.current?.getBoundingClientRect()
    const { x, y, zoom } = flow.getViewport()
    const box = {
      left: at.x * zoom + x,
      top: at.y * zoom + y,
      width: NODE_WIDTH_PX * zoom,
      height: NODE_HEIGHT_PX * zoom,
    }
    const isInView = panel !== undefined && isWithin(box, panel)
    const centre = [at.x + NODE_WIDTH_PX / 2, at.y + NODE_HEIGHT_PX / 2] as const
    const from = document.activeElement
    const arrived = isInView ? Promise.resolve() : flow.setCenter(...centre, { zoom, duration: motion() })
    void arrived.then(() => {
      if (wish.isFocus && !isTakenSince(from)) focusWhenDrawn(root, wish.id, FRAMES_MAX)
      requestAnimationFrame(checkStop)
    })
    setWish(null)
  }, [wish, layout, flow, root, checkStop])

  return { stop, isStopAway, checkStop }
}

const ZOOMS = {
  in: (flow) => flow.zoomIn({ duration: motion() }),
  out: (flow) => flow.zoomOut({ duration: motion() }),
  full: (flow) => flow.zoomTo(1, { duration: motion() }),
} satisfies Record<string, (flow: ReturnType<typeof useReactFlow>) => unknown>

const motion = (): number => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : PAN_MS)

interface Box {
  left: number
  top: number
  width: number
  height: number
}
const isWithin = (box: Box, panel: DOMRect): boolean =>
  box.left >= MARGIN_PX &&
  box.top >= MARGIN_PX &&
  box.left + box.width <= panel.width - MARGIN_PX &&
  box.top + box.height <= panel.height - MARGIN_PX

const cardOf = (root: HTMLElement | null, id: string): HTMLElement | null =>
  root?.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`) ?? null

/** Whether the keyboard went into the panel, a menu or a dialog meanwhile: fast fingers do not wait for the view. */
function isTakenSince(from: Element | null): boolean {
  const now = document.activeElement
  return now !== from && now !== null && now.closest('[data-panel],[data-own-keys],[role=dialog]') !== null
}

/** Focuses the card, at once or within some frames. */
function focusWhenDrawn(root: RefObject<HTMLElement | null>, id: string, framesLeft: number): void {
  const card = cardOf(root.current, id)
  if (card) card.focus({ preventScroll: true })
  else if (framesLeft > 0) requestAnimationFrame(() => focusWhenDrawn(root, id, framesLeft - 1))
}
