import { Title } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { m } from '../../texts/paraglide/messages.js'
import { flowOf } from '../document/document.ts'
import { select } from '../draft/actions.ts'
import { useEditor, useEditorStore, useLead, useStep } from '../draft/use-editor.ts'
import classes from '../editor.module.css'
import { enterPanel } from '../keys/enter-panel.ts'
import { lookOf } from '../step/looks.ts'
import { useNames } from '../step/use-statuses.ts'
import { outputWord, summaryOf, titleOf } from '../step/words.ts'
import { type OutlineRow, rowsOf } from './rows.ts'
import tree from './tree.module.css'

/** The campaign as a tree: the twin of the drawing for ears and for small windows. */
export default function OutlineTree() {
  const campaign = useEditor((state) => state.campaign)
  const lead = useLead()
  const stop = lead ?? flowOf(campaign).order[0] ?? null
  return (
    <nav className={classes.outline} aria-labelledby="outline">
      <Title order={2} size="h5" id="outline" p="xs">
        {m.editor_outline()}
      </Title>
      <div role="tree" aria-labelledby="outline" className={tree.tree}>
        {rowsOf(campaign).map((row) =>
          row.kind === 'step' ? (
            <StepRow key={row.stepId} row={row} isStop={row.stepId === stop} />
          ) : (
            <LaneRow key={row.key} row={row} />
          ),
        )}
      </div>
    </nav>
  )
}

const INDENT_PX = 14
const indent = (level: number) => ({ paddingLeft: 6 + (level - 1) * INDENT_PX })

function StepRow({ row, isStop }: { row: Extract<OutlineRow, { kind: 'step' }>; isStop: boolean }) {
  const { stepId, level, hasMore } = row
  const editor = useEditorStore()
  const step = useStep(stepId)
  const statuses = useNames()
  const isSelected = useEditor(({ selected }) => selected.includes(stepId))
  const problems = useEditor((state) => state.problems.get(stepId)?.length ?? 0)
  if (!step) return null
  const { icon: Icon, category } = lookOf(step.kind)
  const open = () => {
    editor.setState({ isPanelOpen: true })
    editor.getState().view?.show(stepId)
  }
  return (
    <div
      role="treeitem"
      className={tree.row}
      style={indent(level)}
      aria-level={level}
      aria-selected={isSelected}
      {...(hasMore && { 'aria-expanded': true })}
      tabIndex={isStop ? 0 : -1}
      onFocus={() => select(editor, [stepId])}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return walk(event)
        event.preventDefault()
        open()
        enterPanel()
      }}
    >
      <span className={tree.icon} data-look={category}>
        <Icon size={14} aria-hidden />
      </span>
      <span className={tree.words}>
        <span className={tree.title}>{titleOf(step)}</span>
        <span className={tree.summary}>
          {problems > 0 ? m.editor_problems({ count: problems }) : summaryOf(step, statuses)}
        </span>
      </span>
    </div>
  )
}

function LaneRow({ row }: { row: Extract<OutlineRow, { kind: 'lane' }> }) {
  const { output, goesOnWith, isEmpty, level, hasMore } = row
  const goal = useStep(goesOnWith)
  const where = goal ? m.editor_outline_goes_on({ step: titleOf(goal) }) : isEmpty ? m.step_end() : ''
  return (
    <div
      role="treeitem"
      className={tree.lane}
      style={indent(level)}
      aria-level={level}
      aria-selected={false}
      {...(hasMore && { 'aria-expanded': true })}
      tabIndex={-1}
      onKeyDown={walk}
    >
      {outputWord(output)} <span className={tree.summary}>{where}</span>
    </div>
  )
}

type Way = (items: readonly HTMLElement[], at: number) => HTMLElement | undefined

const levelOf = (item: HTMLElement): number => Number(item.getAttribute('aria-level'))

const WAYS = new Map<string, Way>([
  ['ArrowDown', (items, at) => items[at + 1]],
  ['ArrowUp', (items, at) => items[at - 1]],
  ['Home', (items) => items[0]],
  ['End', (items) => items.at(-1)],
  ['ArrowLeft', (items, at) => items.slice(0, at).findLast((item) => levelOf(item) < levelOf(items[at]!))],
  ['ArrowRight', (items, at) => items.slice(at + 1, at + 2).find((item) => levelOf(item) > levelOf(items[at]!))],
])

/** Arrows go through the tree; the other keys are the canvas's. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const way = event.altKey || event.shiftKey ? undefined : WAYS.get(event.key)
  if (!way) return
  event.preventDefault()
  const items = [...event.currentTarget.parentElement!.querySelectorAll<HTMLElement>('[role=treeitem]')]
  way(items, items.indexOf(event.currentTarget))?.focus()
}
