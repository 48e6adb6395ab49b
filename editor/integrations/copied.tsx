import { Code } from '@mantine/core'
import { CopyIcon } from '../shell/copy.tsx'
import classes from './integrations.module.css'

/** Something to be pasted elsewhere, and a button that copies it. */
export const Copied = ({ value, what }: { value: string; what: string }) => (
  <span className={classes.copied}>
    <Code>{value}</Code>
    <CopyIcon value={value} what={what} />
  </span>
)
