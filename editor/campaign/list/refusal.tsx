import { Alert } from '@mantine/core'
import { CircleAlert } from 'lucide-react'
import { sentenceOf } from '../../shell/states.tsx'

/** Why something was not done, in the place where it was asked for. */
export function Refusal({ error }: { error: Error }) {
  return (
    <Alert color="red" variant="light" icon={<CircleAlert size={18} aria-hidden />} role="alert">
      {sentenceOf(error)}
    </Alert>
  )
}
