import { ActionIcon, Group, Title } from '@mantine/core'
import { X } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import type { Step } from '../../../db/model/campaign-schema.ts'
import { isNodeKind } from '../../../db/model/node-outputs.ts'
import { m } from '../../texts/paraglide/messages.js'
import { useEditor, useEditorStore, useLead, useStep } from '../draft/use-editor.ts'
import { lookOf } from '../step/looks.ts'
import { KIND_WORDS } from '../step/words.ts'
import { PanelCampaign } from './campaign.tsx'
import { PanelMany } from './many.tsx'
import classes from './panel.module.css'

const loadStep = () => import('./step.tsx')
const PanelStep = lazy(async () => ({ default: (await loadStep()).PanelStep }))

interface Props {
  onRemove: () => void
  /** What stands there while no step is chosen, instead of the campaign's own page. */
  children?: ReactNode
}

/** Beside the canvas, or over its lower part where the window is narrow: the chosen step, else the campaign. */
export function SidePanel({ onRemove, children }: Props) {
  const isOpen = useEditor((state) => state.isPanelOpen)
  const count = useEditor((state) => state.selected.length)
  const step = useStep(useLead())
  // the forms come after the drawing, and before anybody has chosen a step
  useEffect(() => void loadStep(), [])
  return (
    <aside className={classes.panel} data-panel data-open={isOpen} aria-label={m.editor_panel()}>
      <Heading step={count === 1 ? step : undefined} count={count} />
      {step && count === 1 && (
        <Suspense fallback={<div data-pending role="status" aria-label={m.state_loading()} />}>
          <PanelStep key={step.id} step={step} onRemove={onRemove} />
        </Suspense>
      )}
      {count > 1 && <PanelMany onRemove={onRemove} />}
      {count === 0 && (children ?? <PanelCampaign />)}
    </aside>
  )
}

function Heading({ step, count }: { step: Step | undefined; count: number }) {
  const editor = useEditorStore()
  const { icon: Icon, category } = lookOf(step?.kind ?? '')
  const close = () => {
    const lead = editor.getState().selected.at(-1)
    editor.setState({ isPanelOpen: false })
    if (lead !== undefined) editor.getState().view?.focus(lead)
  }
  return (
    <Group gap="xs" wrap="nowrap" className={classes.heading}>
      {step && (
        <span className={classes.icon} data-look={category}>
          <Icon size={16} aria-hidden />
        </span>
      )}
      <Title order={2} size="h4" className={classes.title}>
        {step ? wordOf(step.kind) : count > 1 ? m.editor_chosen({ count }) : m.editor_campaign()}
      </Title>
      <ActionIcon
        className={classes.close!}
        variant="subtle"
        color="gray"
        aria-label={m.editor_close_panel()}
        onClick={close}
      >
        <X size={16} aria-hidden />
      </ActionIcon>
    </Group>
  )
}

const wordOf = (kind: string): string => (isNodeKind(kind) ? KIND_WORDS[kind]() : m.step_unsupported())
