import { Page } from '../shell/page.tsx'
import { m } from '../texts/paraglide/messages.js'

export function Phones() {
  return <Page title={m.nav_phones()}>{null}</Page>
}
