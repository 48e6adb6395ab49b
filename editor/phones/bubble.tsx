import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './bubble.module.css'

/** A text as phones show it: theirs at the right, as the phone is theirs. `children` stand below, less loud. */
export function Bubble({ text, isOwn, children }: { text: string; isOwn: boolean; children?: ReactNode }) {
  return (
    <div className={classes.bubble} data-own={isOwn || undefined}>
      <p className={classes.text}>{text}</p>
      <Text size="xs" c="dimmed" component="div">
        {children}
      </Text>
    </div>
  )
}
