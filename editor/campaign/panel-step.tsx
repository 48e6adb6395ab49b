import { Alert, Button, Code, Group, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { CircleAlert, Copy, Trash2 } from 'lucide-react'
import type { Step } from '../../db/model/campaign-schema.ts'
import { NOTE_MAX, STEP_TITLE_MAX } from '../../db/model/limits.ts'
import { isNodeKind, maySwitchOff, NODE_OUTPUTS } from '../../db/model/node-outputs.ts'
import { m } from '../texts/paraglide/messages.js'
import { duplicate, finishTitle, toggle, writeNote, writeTitle } from './actions.ts'
import { sentence } from './field-problem.ts'
import { GoesOn } from './goes-on.tsx'
import { StepFields } from './node-views.tsx'
import { PanelBody } from './panel-body.tsx'
import { KIND_WORDS } from './step-words.ts'
import { useEditorStore, useProblems } from './use-editor.ts'

/** Everything about one step. */
export function PanelStep({ step, onRemove }: { step: Step; onRemove: () => void }) {
  const isKnown = isNodeKind(step.kind)
  return (
    <PanelBody>
      <Elsewhere stepId={step.id} />
      <div data-own>{isKnown ? <StepFields step={step} /> : <Unsupported step={step} />}</div>
      {isKnown && <GoesOn step={step} />}
      {isKnown && <Common step={step} />}
      <Buttons step={step} onRemove={onRemove} />
    </PanelBody>
  )
}

/** Problems that no field shows. */
const OWN_FIELDS = /^(id|kind|next|disabled)/

function Elsewhere({ stepId }: { stepId: string }) {
  const problems = useProblems(stepId).filter(({ field }) => OWN_FIELDS.test(field))
  return problems.map(({ field, detail }) => (
    <Alert key={`${field} ${detail}`} color="red" variant="light" icon={<CircleAlert size={16} aria-hidden />} p="xs">
      {sentence(detail)}
    </Alert>
  ))
}

function Common({ step }: { step: Step }) {
  const editor = useEditorStore()
  return (
    <>
      <TextInput
        label={m.step_title()}
        description={m.step_title_about()}
        name="title"
        placeholder={KIND_WORDS[step.kind]()}
        maxLength={STEP_TITLE_MAX}
        value={step.title ?? ''}
        onChange={(event) => writeTitle(editor, step.id, event.currentTarget.value)}
        onBlur={(event) => finishTitle(editor, step.id, event.currentTarget.value)}
      />
      <Textarea
        label={m.step_note()}
        description={m.step_note_about()}
        name="note"
        autosize
        minRows={2}
        maxLength={NOTE_MAX}
        value={step.note ?? ''}
        onChange={(event) => writeNote(editor, step.id, event.currentTarget.value)}
      />
      {maySwitchOff(step.kind) && (
        <Switch
          label={m.step_off()}
          description={m.step_off_about()}
          checked={step.disabled === true}
          onChange={() => toggle(editor)}
        />
      )}
    </>
  )
}

function Buttons({ step, onRemove }: { step: Step; onRemove: () => void }) {
  const editor = useEditorStore()
  const { kind } = step
  if (kind === 'order_status_changed') return null
  const mayDuplicate = isNodeKind(kind) && NODE_OUTPUTS[kind].length > 0
  return (
    <Group gap="xs">
      {mayDuplicate && (
        <Button
          size="xs"
          variant="default"
          leftSection={<Copy size={14} aria-hidden />}
          onClick={() => duplicate(editor)}
        >
          {m.editor_duplicate()}
        </Button>
      )}
      <Button size="xs" variant="default" leftSection={<Trash2 size={14} aria-hidden />} onClick={onRemove}>
        {m.action_delete()}
      </Button>
    </Group>
  )
}

function Unsupported({ step }: { step: Step }) {
  return (
    <>
      <Text size="sm">{m.step_unsupported_about({ kind: step.kind })}</Text>
      <Code block>{JSON.stringify(step, null, 2)}</Code>
    </>
  )
}
