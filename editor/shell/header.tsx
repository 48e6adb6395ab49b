import { ActionIcon, Button, Group, Kbd, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { CircleUserRound, LogOut, Moon, Search, Sun } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { m } from '../texts/paraglide/messages.js'
import { api, ask } from './api.ts'
import { queries } from './queries.ts'
import { useWorkspace } from './session.ts'
import { tellRefusal } from './tell-refusal.ts'

const Palette = lazy(() => import('./palette.tsx'))

/** The search for everything, light or dark, and the way out. */
export function Header() {
  const [isPaletteOpen, setPaletteOpen] = useState(false)
  useHotkeys([['mod+K', () => setPaletteOpen(true)]], [])
  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        variant="default"
        size="xs"
        leftSection={<Search size={14} aria-hidden />}
        rightSection={<Kbd size="xs">{m.palette_key()}</Kbd>}
        onClick={() => setPaletteOpen(true)}
      >
        {m.palette_open()}
      </Button>
      <SchemeToggle />
      <Account />
      {isPaletteOpen && (
        <Suspense>
          <Palette onClose={() => setPaletteOpen(false)} />
        </Suspense>
      )}
    </Group>
  )
}

function SchemeToggle() {
  const { setColorScheme } = useMantineColorScheme()
  const isDark = useComputedColorScheme('light') === 'dark'
  const Icon = isDark ? Sun : Moon
  return (
    <ActionIcon
      variant="default"
      size={30}
      aria-label={isDark ? m.scheme_to_light() : m.scheme_to_dark()}
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    >
      <Icon size={16} aria-hidden />
    </ActionIcon>
  )
}

function Account() {
  const { name } = useWorkspace()
  const signOut = useMutation({
    mutationFn: () => ask(api.session.$delete()),
    onSuccess: () => {
      queries.clear()
      window.location.assign('/')
    },
    onError: (error) => tellRefusal(error),
  })
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={m.account_menu()}>
          <CircleUserRound size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{name}</Menu.Label>
        <Menu.Item leftSection={<LogOut size={14} aria-hidden />} onClick={() => signOut.mutate()}>
          {m.account_sign_out()}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
