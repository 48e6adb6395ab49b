import { wordsOf } from './message-words.ts'
import classes from './state-badge.module.css'

/** The state of a text: a sign and a word. */
export function StateBadge({ state }: { state: string }) {
  const { word, icon: Icon, tone } = wordsOf(state)
  return (
    <span className={classes.badge} data-tone={tone}>
      <Icon size={14} aria-hidden />
      {word()}
    </span>
  )
}
