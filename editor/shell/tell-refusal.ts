import { notifications } from '@mantine/notifications'
import { sentenceOf } from './states.tsx'

/** Says why something was not done. */
export const tellRefusal = (error: Error, title?: string): void =>
  void notifications.show({ ...(title !== undefined && { title }), message: sentenceOf(error), color: 'red' })
