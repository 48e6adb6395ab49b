import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { Plus } from 'lucide-react'
import { memo } from 'react'
import { useEditorStore } from '../draft/use-editor.ts'
import classes from './canvas.module.css'
import type { LineEdge } from './drawing.ts'
import { useFar } from './far.ts'

/** Widest line, in pixels, where everybody goes; others are as wide as their share. */
const WIDTH_MAX_PX = 6

/** A way from step to step, with its name and the + that adds a step. */
export const WayLine = memo(function WayLine({ data }: EdgeProps<LineEdge>) {
  const isFar = useFar()
  if (!data) return null
  const width = data.share === null ? undefined : 1.5 + data.share * (WIDTH_MAX_PX - 1.5)
  return (
    <>
      <path className={classes.line} d={data.path} style={{ strokeWidth: width }} />
      {!isFar && (
        <EdgeLabelRenderer>
          <LineParts {...data} />
        </EdgeLabelRenderer>
      )}
    </>
  )
})

function LineParts({ at, words, addWords, port, isReadOnly }: NonNullable<LineEdge['data']>) {
  const editor = useEditorStore()
  const open = (button: HTMLElement) => {
    const { left, bottom } = button.getBoundingClientRect()
    editor.setState({ menu: { ...port, x: left, y: bottom } })
  }
  const place = { transform: `translate(${at.x}px, ${at.y}px) translate(-50%, -50%)` }
  return (
    <div className={`${classes.middle} nodrag nopan`} style={place} data-plain={isReadOnly}>
      {!isReadOnly && (
        // the keyboard has A on a step; a stop at every line would be in its way
        <button
          type="button"
          className={classes.plus}
          tabIndex={-1}
          aria-label={addWords}
          title={addWords}
          onClick={({ currentTarget }) => open(currentTarget)}
        >
          <Plus size={14} aria-hidden />
        </button>
      )}
      {words !== '' && <span className={classes.name}>{words}</span>}
    </div>
  )
}
