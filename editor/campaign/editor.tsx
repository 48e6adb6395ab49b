import { Page } from '../shell/page.tsx'
import { m } from '../texts/paraglide/messages.js'

export function Editor() {
  return <Page title={m.nav_campaigns()}>{null}</Page>
}
