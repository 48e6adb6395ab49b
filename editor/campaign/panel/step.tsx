import { Alert, Code, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { CircleAlert } from 'lucide-react'
import { memo } from 'react'
import type { Step } from '../../../db/model/campaign-schema.ts'
import { NOTE_MAX, STEP_TITLE_MAX } from '../../../db/model/limits.ts'
import { isNodeKind, maySwitchOff, NODE_OUTPUTS } from '../../../db/model/node-outputs.ts'
import { asSentence } from '../../shell/as-sentence.ts'
import { m } from '../../texts/paraglide/messages.js'
import { finishTitle, toggle, writeNote, writeTitle } from '../draft/actions.ts'
import { useEditorStore, useProblems } from '../draft/use-editor.ts'
import { StepFields } from '../step/node-views.tsx'
import { KIND_WORDS } from '../step/words.ts'
import { PanelBody } from './body.tsx'
import { Buttons } from './buttons.tsx'
import { GoesOn } from './goes-on.tsx'

/** Everything about one step. */
export function PanelStep({ step, onRemove }: { step: Step; onRemove: () => void }) {
  const isKnown = isNodeKind(step.kind)
  return (
    <PanelBody>
      <Elsewhere stepId={step.id} />
      <div data-own>{isKnown ? <StepFields step={step} /> : <Unsupported step={step} />}</div>
      {isKnown && <GoesOn stepId={step.id} outputs={NODE_OUTPUTS[step.kind]} />}
      {isKnown && <Common {...commonOf(step)} />}
      {step.kind !== 'order_status_changed' && <Buttons mayDuplicate={hasWayOut(step.kind)} onRemove={onRemove} />}
    </PanelBody>
  )
}

const hasWayOut = (kind: string): boolean => isNodeKind(kind) && NODE_OUTPUTS[kind].length > 0

/** Problems that no field shows. */
const OWN_FIELDS = /^(id|kind|next|disabled)/

function Elsewhere({ stepId }: { stepId: string }) {
  const problems = useProblems(stepId).filter(({ field }) => OWN_FIELDS.test(field))
  return problems.map(({ field, detail }) => (
    <Alert key={`${field} ${detail}`} color="red" variant="light" icon={<CircleAlert size={16} aria-hidden />} p="xs">
      {asSentence(detail)}
    </Alert>
  ))
}

type CommonProps = Pick<Step, 'id' | 'kind' | 'title' | 'note' | 'disabled'>
const commonOf = ({ id, kind, title, note, disabled }: Step): CommonProps => ({ id, kind, title, note, disabled })

/** Apart and remembered: what is typed into the step's own settings draws none of this anew. */
const Common = memo(function Common({ id, kind, title, note, disabled }: CommonProps) {
  const editor = useEditorStore()
  return (
    <>
      <TextInput
        label={m.step_title()}
        description={m.step_title_about()}
        name="title"
        placeholder={KIND_WORDS[kind]()}
        maxLength={STEP_TITLE_MAX}
        value={title ?? ''}
        onChange={(event) => writeTitle(editor, id, event.currentTarget.value)}
        onBlur={(event) => finishTitle(editor, id, event.currentTarget.value)}
      />
      <Textarea
        label={m.step_note()}
        description={m.step_note_about()}
        name="note"
        rows={2}
        resize="vertical"
        maxLength={NOTE_MAX}
        value={note ?? ''}
        onChange={(event) => writeNote(editor, id, event.currentTarget.value)}
      />
      {maySwitchOff(kind) && (
        <Switch
          label={m.step_off()}
          description={m.step_off_about()}
          checked={disabled === true}
          onChange={() => toggle(editor, false)}
        />
      )}
    </>
  )
})

function Unsupported({ step }: { step: Step }) {
  return (
    <>
      <Text size="sm">{m.step_unsupported_about({ kind: step.kind })}</Text>
      <Code block>{JSON.stringify(step, null, 2)}</Code>
    </>
  )
}
