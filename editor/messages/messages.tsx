import { Page } from '../shell/page.tsx'
import { m } from '../texts/paraglide/messages.js'

export function Messages() {
  return <Page title={m.nav_messages()}>{null}</Page>
}
