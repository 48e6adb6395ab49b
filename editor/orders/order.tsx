import { Page } from '../shell/page.tsx'
import { m } from '../texts/paraglide/messages.js'

export function Order() {
  return <Page title={m.nav_orders()}>{null}</Page>
}
