import { ActionIcon, Tooltip } from '@mantine/core'
import { Keyboard, ListTree, type LucideIcon, Map as MapIcon, Maximize, Minus, Plus } from 'lucide-react'
import { m } from '../../texts/paraglide/messages.js'
import { useEditor, useEditorStore } from '../draft/use-editor.ts'
import { type Command, hintOf } from '../keys/keys.ts'
import classes from './canvas.module.css'
import { useZoomPercent } from './flow-store.ts'

/** The scale, and what else can be seen of the campaign. */
export function CanvasTools() {
  const editor = useEditorStore()
  const hasOutline = useEditor((state) => state.hasOutline)
  const hasMinimap = useEditor((state) => state.hasMinimap)
  const view = () => editor.getState().view
  return (
    <div className={classes.tools} role="toolbar" aria-label={m.editor_tools()}>
      <Tool command="zoomOut" label={m.editor_key_zoomOut()} icon={Minus} onClick={() => view()?.zoom('out')} />
      <Percent />
      <Tool command="zoomIn" label={m.editor_key_zoomIn()} icon={Plus} onClick={() => view()?.zoom('in')} />
      <Tool command="fit" label={m.editor_key_fit()} icon={Maximize} onClick={() => view()?.fit()} />
      <Tool
        command="outline"
        label={m.editor_key_outline()}
        icon={ListTree}
        isOn={hasOutline}
        onClick={() => editor.setState({ hasOutline: !hasOutline })}
      />
      <Tool
        command="minimap"
        label={m.editor_key_minimap()}
        icon={MapIcon}
        isOn={hasMinimap}
        onClick={() => editor.setState({ hasMinimap: !hasMinimap })}
      />
      <Tool
        command="help"
        label={m.editor_key_help()}
        icon={Keyboard}
        onClick={() => editor.setState({ dialog: 'keys' })}
      />
    </div>
  )
}

function Percent() {
  const percent = useZoomPercent()
  return <span className={classes.percent}>{m.editor_percent({ percent })}</span>
}

interface ToolProps {
  command: Command
  label: string
  icon: LucideIcon
  isOn?: boolean
  onClick: () => void
}

function Tool({ command, label, icon: Icon, isOn, onClick }: ToolProps) {
  return (
    <Tooltip label={m.editor_with_key({ what: label, key: hintOf(command) })}>
      <ActionIcon
        variant={isOn ? 'light' : 'subtle'}
        color="gray"
        size={28}
        aria-label={label}
        {...(isOn !== undefined && { 'aria-pressed': isOn })}
        onClick={onClick}
      >
        <Icon size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
