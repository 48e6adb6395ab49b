import { ViewportPortal } from '@xyflow/react'
import { memo } from 'react'
import classes from './canvas.module.css'
import type { LineEdge } from './drawing.ts'

/** All lines in one drawing: from afar they carry no words, and a thousand drawings cost more than one. */
export const FarLines = memo(function FarLines({ edges }: { edges: readonly LineEdge[] }) {
  return (
    <ViewportPortal>
      <svg className={classes.farLines} aria-hidden="true">
        {edges.map(({ id, data }) => (
          <path key={id} className={classes.line} d={data?.path} />
        ))}
      </svg>
    </ViewportPortal>
  )
})
