import type { ReactNode } from 'react'
import classes from './analytics.module.css'

export interface Bar {
  key: string
  name: string
  colour: string
  /** How long the bar is, in any unit that all of them share. */
  size: number
  /** A second, longer one behind it. */
  behind?: number
  /** What is written beside it. */
  words: ReactNode
}

/** Rows of a name, a bar and what it stands for; a list, so it is read as it is seen. */
export function Bars({ bars }: { bars: readonly Bar[] }) {
  const longest = Math.max(...bars.map(({ size, behind = 0 }) => Math.max(size, behind)), 1)
  const width = (size: number) => ({ width: `${(size / longest) * 100}%` })
  return (
    <ul className={classes.bars}>
      {bars.map(({ key, name, colour, size, behind, words }) => (
        <li key={key}>
          <span className={classes.said}>
            <span className={classes.name} title={name}>
              {name}
            </span>
            <span className={classes.words}>{words}</span>
          </span>
          <span className={classes.track} aria-hidden>
            {behind !== undefined && (
              <span className={classes.behind} style={{ ...width(behind), background: colour }} />
            )}
            <span className={classes.front} style={{ ...width(size), background: colour }} />
          </span>
        </li>
      ))}
    </ul>
  )
}
