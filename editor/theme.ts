import {
  Badge,
  type CSSVariablesResolver,
  createTheme,
  Menu,
  MultiSelect,
  Notification,
  Select,
  Table,
} from '@mantine/core'
import type { FocusEvent } from 'react'
import { m } from './texts/paraglide/messages.js'

const FONT =
  'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif'

/** The list itself scrolls: a scrolling box around it would have to take the focus, which stays in the field. */
const OPTIONS = { maxHeight: 260, overflowY: 'auto' } as const

/** The usual colour under the pointer leaves links too little contrast. */
const UNDER_POINTER = 'light-dark(var(--mantine-color-gray-0), var(--mantine-color-dark-6))'

/** Typing is to find another choice, not to go on with the name of this one. */
const markToType = ({ currentTarget }: FocusEvent<HTMLInputElement>) => {
  if (!currentTarget.readOnly) currentTarget.select()
}

/** How the pages look. Contrasts were chosen so that WCAG 2.2 AA holds in light and dark. */
export const theme = createTheme({
  fontFamily: FONT,
  headings: { fontFamily: FONT },
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Badge: Badge.extend({ defaultProps: { variant: 'default', tt: 'none' } }),
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    MultiSelect: MultiSelect.extend({ defaultProps: { withScrollArea: false }, styles: { options: OPTIONS } }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': m.action_close() } } }),
    Select: Select.extend({
      defaultProps: { withScrollArea: false, nothingFoundMessage: m.select_nothing(), onFocus: markToType },
      styles: { options: OPTIONS },
    }),
    Table: Table.extend({ defaultProps: { highlightOnHoverColor: UNDER_POINTER } }),
  },
})

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c636a',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-placeholder': '#6b7278',
  },
  dark: {
    '--mantine-color-dimmed': '#a6a7ab',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-placeholder': '#909296',
  },
})
