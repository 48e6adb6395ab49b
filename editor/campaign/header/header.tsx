import { ActionIcon, Button, Group, SegmentedControl, TextInput, Tooltip } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ArrowLeft, History, Pencil } from 'lucide-react'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { m } from '../../texts/paraglide/messages.js'
import { rename } from '../draft/actions.ts'
import type { CampaignView } from '../draft/query.ts'
import type { Saver } from '../draft/saver.ts'
import { SavingWords } from '../draft/saving-words.tsx'
import { useEditor, useEditorStore } from '../draft/use-editor.ts'
import classes from '../editor.module.css'
import { StateBadge } from '../list/cells.tsx'
import { NAME_MAX } from '../list/query.ts'
import { DraftButtons } from './draft-buttons.tsx'
import { PauseButton } from './pause-button.tsx'

const route = getRouteApi('/campaigns/$id')

/** What stands above the drawing: which campaign, how far it is, and what can be done with all of it. */
export function EditorHeader({ view, saver, isDraft }: { view: CampaignView; saver: Saver; isDraft: boolean }) {
  return (
    <header className={classes.head}>
      <div className={classes.name}>
        <Tooltip label={m.editor_back()}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={30}
            aria-label={m.editor_back()}
            renderRoot={(props) => <Link to="/campaigns" {...props} />}
          >
            <ArrowLeft size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Name isFixed={!isDraft} />
      </div>
      <Group gap="xs">
        <StateBadge {...view} />
        {isDraft && <SavingWords saver={saver} hasChanges={view.version !== null && view.hasChanges} />}
      </Group>
      <div className={classes.spring} />
      <Modes />
      {isDraft && <DraftButtons />}
      <Group gap="xs">
        {view.version !== null && <Versions />}
        <PauseButton view={view} />
        <PublishButton />
      </Group>
    </header>
  )
}

function Name({ isFixed }: { isFixed: boolean }) {
  const editor = useEditorStore()
  const name = useEditor((state) => state.name)
  const [isEditing, setEditing] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const finish = (text: string) => {
    rename(editor, text)
    setEditing(false)
  }
  const leave = () => {
    flushSync(() => setEditing(false))
    button.current?.focus()
  }
  if (isFixed) return <h1 className={classes.nameText}>{name}</h1>
  if (!isEditing)
    return (
      <h1>
        <button
          ref={button}
          type="button"
          className={classes.nameButton}
          title={m.editor_rename()}
          onClick={() => setEditing(true)}
        >
          <span className={classes.nameText}>{name}</span>
          <Pencil size={14} aria-hidden />
        </button>
      </h1>
    )
  return (
    <TextInput
      aria-label={m.editor_name()}
      defaultValue={name}
      maxLength={NAME_MAX}
      ref={(input) => input?.focus()}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        // this Escape is not for the panel, and this Enter not for the button that comes back
        event.stopPropagation()
        event.preventDefault()
        if (event.key === 'Enter') rename(editor, event.currentTarget.value)
        leave()
      }}
    />
  )
}

function Modes() {
  const { mode = 'edit' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <SegmentedControl
      size="xs"
      aria-label={m.editor_mode()}
      value={mode}
      onChange={(value) => void navigate({ search: value === 'live' ? { mode: 'live' } : {} })}
      data={[
        { value: 'edit', label: m.editor_mode_edit() },
        { value: 'live', label: m.editor_mode_live() },
      ]}
    />
  )
}

function Versions() {
  const navigate = route.useNavigate()
  return (
    <Tooltip label={m.editor_versions()}>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={m.editor_versions()}
        onClick={() => void navigate({ search: (now) => ({ ...now, open: 'versions' }) })}
      >
        <History size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

/** The dialog saves first, and tells when that cannot be. */
function PublishButton() {
  const navigate = route.useNavigate()
  return (
    <Button size="xs" onClick={() => void navigate({ search: (now) => ({ ...now, open: 'publish' }) })}>
      {m.editor_publish()}
    </Button>
  )
}
