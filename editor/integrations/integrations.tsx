import { Page } from '../shell/page.tsx'
import { m } from '../texts/paraglide/messages.js'

export function Integrations() {
  return <Page title={m.nav_integrations()}>{null}</Page>
}
