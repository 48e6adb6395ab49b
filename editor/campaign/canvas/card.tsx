import type { NodeProps } from '@xyflow/react'
import { CircleAlert, PauseCircle, StickyNote } from 'lucide-react'
import { memo } from 'react'
import { m } from '../../texts/paraglide/messages.js'
import { lookOf } from '../step/looks.ts'
import classes from './canvas.module.css'
import type { StepNode } from './drawing.ts'
import { useFar } from './far.ts'

/** A step on the canvas; from afar a block of its colour. Plain elements, for there may be a thousand. */
export const Card = memo(function Card({ data, selected }: NodeProps<StepNode>) {
  const isFar = useFar()
  const { icon: Icon, category } = lookOf(data.kind)
  const look = {
    'data-look': category,
    'data-chosen': selected,
    'data-wrong': data.problems > 0,
    'data-off': data.isOff,
  }
  return (
    <div className={isFar ? classes.block : classes.card} {...look}>
      <Place of="target" />
      {isFar ? (
        <span className={classes.unseen}>{data.title}</span>
      ) : (
        <>
          <span className={classes.icon}>
            <Icon size={18} aria-hidden />
          </span>
          <span className={classes.words}>
            <span className={classes.title}>{data.title}</span>
            <span className={classes.summary}>{data.chip ?? data.summary}</span>
          </span>
          <Marks {...data} />
        </>
      )}
      <Place of="source" />
    </div>
  )
})

function Marks({ isOff, hasNote, problems }: StepNode['data']) {
  return (
    <span className={classes.marks}>
      {hasNote && <StickyNote size={14} role="img" aria-label={m.editor_mark_note()} />}
      {isOff && <PauseCircle size={14} role="img" aria-label={m.editor_mark_off()} />}
      {problems > 0 && (
        <CircleAlert
          size={16}
          className={classes.wrong}
          role="img"
          aria-label={m.editor_problems({ count: problems })}
        />
      )}
    </span>
  )
}

/** Where a way ends. */
export const End = memo(function End() {
  return (
    <div className={classes.end}>
      <Place of="target" />
    </div>
  )
})

const POSITIONS = { source: 'bottom', target: 'top' } as const

/**
 * Where lines begin and end: React Flow measures these, and without them draws no line. Its own Handle asks for the
 * state of a connection with every move of the view, and nothing is connected by hand here.
 */
function Place({ of }: { of: keyof typeof POSITIONS }) {
  const position = POSITIONS[of]
  return (
    <span
      className={`react-flow__handle react-flow__handle-${position} ${of} ${classes.handle}`}
      data-handlepos={position}
    />
  )
}
