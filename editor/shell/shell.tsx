import { AppShell, Burger, Group, NavLink, ScrollArea, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { m } from '../texts/paraglide/messages.js'
import { Problem } from './api.ts'
import { Header } from './header.tsx'
import { pagesOf } from './nav.ts'
import { sessionQuery, useWorkspace } from './session.ts'
import { SignIn } from './sign-in.tsx'
import { Loaded } from './states.tsx'
import { useStream } from './stream.ts'

/** What stands around every page: who is signed in decides whether there is any. */
export function Shell() {
  const session = useQuery(sessionQuery)
  if (session.error instanceof Problem && session.error.status === 401) return <SignIn />
  return <Loaded query={session}>{() => <Frame />}</Loaded>
}

function Frame() {
  const [isOpen, { toggle, close }] = useDisclosure(false)
  useStream()
  return (
    <AppShell header={{ height: 48 }} navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}>
      <a className="skip-link" href="#page">
        {m.skip_to_page()}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={m.nav_open()} />
            <Text fw={700}>{m.app_name()}</Text>
          </Group>
          <Header />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={m.nav_label()}>
        <ScrollArea>
          <Menu onGo={close} />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="page" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  )
}

function Menu({ onGo }: { onGo: () => void }) {
  const pages = pagesOf(useWorkspace())
  const path = useRouterState({ select: (state) => state.location.pathname })
  const link = ({ to, title, icon: Icon }: (typeof pages)[number]) => (
    <NavLink
      key={to}
      component={Link}
      to={to}
      label={title()}
      leftSection={<Icon size={16} aria-hidden />}
      active={path.startsWith(to)}
      {...(path.startsWith(to) && { 'aria-current': 'page' as const })}
      onClick={onGo}
    />
  )
  return (
    <>
      {pages.filter((p) => !p.isSetting).map(link)}
      <Text size="xs" c="dimmed" fw={600} px="sm" pt="md" pb={4} id="nav-settings">
        {m.nav_settings()}
      </Text>
      <section aria-labelledby="nav-settings">{pages.filter((p) => p.isSetting).map(link)}</section>
    </>
  )
}
