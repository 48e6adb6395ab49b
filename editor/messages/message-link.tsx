import { Link } from '@tanstack/react-router'
import links from '../shell/row-link.module.css'
import { m } from '../texts/paraglide/messages.js'
import type { Message } from './message-queries.ts'
import classes from './messages.module.css'

/** The beginning of a text; it opens all of it, from anywhere in its row or card. */
export function MessageLink({ message: { id, text } }: { message: Pick<Message, 'id' | 'text'> }) {
  return (
    <Link
      from="/messages"
      to="/messages"
      search={(before) => ({ ...before, id })}
      className={`${links.link} ${classes.text}`}
      resetScroll={false}
    >
      <span className={classes.beginning}>{text || m.messages_no_text()}</span>
    </Link>
  )
}
