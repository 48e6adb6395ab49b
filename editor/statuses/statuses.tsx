import { Page } from '../shell/page.tsx'
import { m } from '../texts/paraglide/messages.js'

export function Statuses() {
  return <Page title={m.nav_statuses()}>{null}</Page>
}
