import { Loader, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Bubble } from '../phones/bubble.tsx'
import { phoneQuery } from '../phones/phone-queries.ts'
import { AnchorLink } from '../shell/anchor-link.tsx'
import { formatTime } from '../shell/format.ts'
import { useWorkspace } from '../shell/session.ts'
import { Failed } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import classes from './demo-phone.module.css'

const LOOK_EVERY_MS = 1_000

interface Props {
  number: string
  order: string
  /** The texts that stood on the phone before. */
  known: readonly string[]
}

/** The customer's phone, until the text rings and after. */
export function DemoPhone({ number, order, known }: Props) {
  const { timezone } = useWorkspace()
  const phone = useQuery({
    ...phoneQuery(number),
    refetchInterval: ({ state }) => (state.data?.texts.some(isFresh) ? false : LOOK_EVERY_MS),
  })
  function isFresh(text: { id: string; order?: string | undefined }): boolean {
    return !known.includes(text.id) && text.order === order
  }
  const fresh = phone.data?.texts.filter(isFresh) ?? []
  return (
    <div className={classes.phone}>
      <Text size="xs" c="dimmed" ta="center">
        {phone.data?.name ? m.demo_phone({ name: phone.data.name, number }) : number}
      </Text>
      <div role="status" className={classes.screen}>
        {phone.error && fresh.length === 0 && <Failed error={phone.error} />}
        {fresh.length === 0 ? (
          <Text size="sm" className={classes.waiting ?? ''}>
            <Loader size={14} aria-hidden /> {m.demo_waiting()}
          </Text>
        ) : (
          fresh.map(({ id, text, at }) => (
            <Bubble key={id} text={text} isOwn={false}>
              {formatTime(at, timezone)}
            </Bubble>
          ))
        )}
      </div>
      {fresh.length > 0 && (
        <AnchorLink to="/phones" search={{ number }} size="xs" ta="center">
          {m.demo_answer()}
        </AnchorLink>
      )}
    </div>
  )
}
