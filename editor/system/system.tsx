import { Page } from '../shell/page.tsx'
import { m } from '../texts/paraglide/messages.js'

export function System() {
  return <Page title={m.nav_system()}>{null}</Page>
}
