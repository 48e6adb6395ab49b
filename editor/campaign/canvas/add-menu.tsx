import { SegmentedControl } from '@mantine/core'
import { type KeyboardEvent, useId, useState } from 'react'
import { NODE_OUTPUTS, type NodeKind } from '../../../db/model/node-outputs.ts'
import { m } from '../../texts/paraglide/messages.js'
import { flowOf, outputsOf } from '../document/document.ts'
import { kindsFor } from '../document/insert.ts'
import { add } from '../draft/actions.ts'
import type { AddMenu as At, Editor } from '../draft/store.ts'
import { useEditor, useEditorStore } from '../draft/use-editor.ts'
import { lookOf } from '../step/looks.ts'
import { KIND_WORDS, outputWord } from '../step/words.ts'
import classes from './add-menu.module.css'

const WIDTH_PX = 260
const HEIGHT_PX = 320

/** The one menu of steps, at the line where a step is wanted. Typing narrows it. */
export function AddMenu({ onAdded }: { onAdded: () => void }) {
  const menu = useEditor((state) => state.menu)
  return menu && <Menu key={`${menu.stepId}/${menu.output === null}`} at={menu} onAdded={onAdded} />
}

function Menu({ at, onAdded }: { at: At; onAdded: () => void }) {
  const editor = useEditorStore()
  const id = useId()
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const kinds = fittingKinds(editor, at).filter((kind) =>
    KIND_WORDS[kind]().toLowerCase().includes(query.trim().toLowerCase()),
  )
  const chosen = kinds[Math.min(active, kinds.length - 1)]
  const close = () => {
    editor.setState({ menu: null })
    editor.getState().view?.focus(at.stepId)
  }
  const choose = (kind: NodeKind) => {
    editor.setState({ menu: null })
    if (add(editor, at, kind)) onAdded()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setActive((now) => (Math.min(now, kinds.length - 1) + step + kinds.length) % Math.max(kinds.length, 1))
    else if (event.key === 'Enter' && chosen) choose(chosen)
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <dialog
      open
      className={classes.menu}
      aria-label={m.editor_add_step()}
      style={placeOf(at)}
      data-own-keys
      onBlur={({ relatedTarget, currentTarget }) => {
        if (!currentTarget.contains(relatedTarget)) editor.setState({ menu: null })
      }}
    >
      <Lanes at={at} />
      <input
        // the menu opens to be typed into; closing it brings the focus back
        ref={(input) => input?.focus({ preventScroll: true })}
        className={classes.search}
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={chosen && `${id}-${chosen}`}
        aria-label={m.editor_add_step()}
        placeholder={m.editor_add_search()}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div id={id} role="listbox" aria-label={m.editor_add_step()} className={classes.list}>
        {kinds.map((kind) => (
          <Kind key={kind} id={`${id}-${kind}`} kind={kind} isActive={kind === chosen} onChoose={() => choose(kind)} />
        ))}
      </div>
      {kinds.length === 0 && <div className={classes.none}>{m.editor_add_none()}</div>}
    </dialog>
  )
}

function Kind({
  id,
  kind,
  isActive,
  onChoose,
}: {
  id: string
  kind: NodeKind
  isActive: boolean
  onChoose: () => void
}) {
  const { icon: Icon, category } = lookOf(kind)
  return (
    // the focus stays in the field above
    <button
      type="button"
      id={id}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      className={classes.kind}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className={classes.icon} data-look={category}>
        <Icon size={16} aria-hidden />
      </span>
      <span>
        {KIND_WORDS[kind]()}
        <span className={classes.about}>{ABOUT[kind]()}</span>
      </span>
    </button>
  )
}

const ABOUT = {
  order_status_changed: m.step_trigger_about,
  filter_customers: m.step_filter_about,
  wait: m.step_wait_about,
  send_sms: m.step_sms_about,
  exit: m.step_exit_about,
} satisfies Record<NodeKind, () => string>

/** Which lane of a split the step goes to. */
function Lanes({ at }: { at: At }) {
  const editor = useEditorStore()
  const outputs = useEditor(({ campaign }) => flowOf(campaign).steps.get(at.stepId))
  const ways = outputs ? outputsOf(outputs) : []
  if (at.output === null || ways.length < 2) return null
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={m.editor_add_which_lane()}
      value={at.output}
      onChange={(output) => editor.setState({ menu: { ...at, output } })}
      data={ways.map((output) => ({ value: output, label: outputWord(output) }))}
    />
  )
}

function fittingKinds(editor: Editor, { stepId, output }: At): NodeKind[] {
  const { campaign } = editor.getState()
  if (output !== null) return kindsFor(campaign, { stepId, output })
  return (Object.keys(NODE_OUTPUTS) as NodeKind[]).filter(
    (kind) => kind !== 'order_status_changed' && NODE_OUTPUTS[kind].length > 0,
  )
}

/** Beside what it was opened at, within the window. */
const placeOf = ({ x, y }: At) => ({
  left: Math.max(8, Math.min(x, innerWidth - WIDTH_PX - 8)),
  top: Math.max(8, Math.min(y + 6, innerHeight - HEIGHT_PX - 8)),
  width: WIDTH_PX,
})
