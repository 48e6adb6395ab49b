import { Anchor, type AnchorProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentProps } from 'react'

type Props = Omit<ComponentProps<'a'>, 'color' | 'style'> & AnchorProps

/** A link to a page of ours that looks like links do; its address is checked as the router's are. */
export const AnchorLink = createLink((props: Props) => <Anchor {...props} />)
