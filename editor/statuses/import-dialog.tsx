import { Button, Checkbox, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { AXES, type Axis } from '../../db/model/status.ts'
import type { StatusCount } from '../orders/order-queries.ts'
import { TYPE_WORDS } from '../orders/type-words.ts'
import { api, ask } from '../shell/api.ts'
import { asSentence } from '../shell/as-sentence.ts'
import { Failed } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { type Chosen, type Preview, previewOf } from './import-plan.ts'
import { ImportPreview } from './import-preview.tsx'
import { ImportSource } from './import-source.tsx'
import { ImportWords, type Meant } from './import-words.tsx'

interface Props {
  /** Of statuses of which a list tells none, at first. */
  type: Axis
  statuses: readonly StatusCount[]
  onClose: () => void
}

/** Adds the statuses of a list from another system, after showing what that would do. Source: S1-04. */
export function ImportDialog(props: Props) {
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={m.statuses_import_title()}
      size="xl"
      closeButtonProps={{ 'aria-label': m.action_close() }}
    >
      <Body {...props} />
    </Modal>
  )
}

function Body({ type, statuses, onClose }: Props) {
  const [chosen, setChosen] = useState<Chosen>({ text: '', type, groups: {}, except: [] })
  const [isBack, setBack] = useState(false)
  const preview = useMemo(() => (chosen.text.trim() === '' ? null : previewOf(chosen, statuses)), [chosen, statuses])
  if (!preview || 'problem' in preview || isBack)
    return (
      <ImportSource
        before={chosen.text}
        error={preview && 'problem' in preview ? problemWords(preview.problem) : null}
        onRead={(text) => {
          setBack(false)
          setChosen({ ...chosen, text, except: [] })
        }}
      />
    )
  const change = (part: Partial<Chosen>) => setChosen({ ...chosen, ...part })
  return <Ready chosen={chosen} preview={preview} onChange={change} onBack={() => setBack(true)} onClose={onClose} />
}

function Ready(props: {
  chosen: Chosen
  preview: Preview
  onChange: (part: Partial<Chosen>) => void
  onBack: () => void
  onClose: () => void
}) {
  const { chosen, preview, onChange, onBack, onClose } = props
  const { counts, words, rows, untyped } = preview
  const [isPartly, setPartly] = useState(false)
  const add = useAdd(onClose)
  const mayAdd = counts.added > 0 && (counts.invalid === 0 || isPartly)
  return (
    <Stack gap="md">
      {untyped !== 'none' && <TypeChoice untyped={untyped} type={chosen.type} onChange={onChange} />}
      {words.length > 0 && (
        <ImportWords words={words} onChoose={(meant) => onChange({ groups: withMeaning(chosen.groups, meant) })} />
      )}
      <Text size="sm" role="status">
        {counts.invalid > 0 ? m.statuses_import_counts({ ...counts }) : m.statuses_import_counts_clear({ ...counts })}
      </Text>
      <ImportPreview
        rows={rows}
        onWant={(line, isWanted) => onChange({ except: without(chosen.except, line, isWanted) })}
      />
      {counts.invalid > 0 && (
        <Checkbox
          label={m.statuses_import_partly()}
          checked={isPartly}
          onChange={({ currentTarget: { checked } }) => setPartly(checked)}
        />
      )}
      {add.error && <Failed error={add.error} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onBack}>
          {m.statuses_import_again()}
        </Button>
        <Button
          disabled={!mayAdd}
          loading={add.isPending}
          onClick={() => add.mutate({ ...chosen, isPartly: counts.invalid > 0 })}
        >
          {m.statuses_import_do({ count: counts.added })}
        </Button>
      </Group>
    </Stack>
  )
}

const TypeChoice = (props: { untyped: 'all' | 'some'; type: Axis; onChange: (part: Partial<Chosen>) => void }) => (
  <Stack gap={4}>
    <Text size="sm" fw={500} id="import-type">
      {props.untyped === 'all' ? m.statuses_import_type_all() : m.statuses_import_type()}
    </Text>
    <SegmentedControl
      aria-labelledby="import-type"
      data={AXES.map((axis) => ({ value: axis, label: TYPE_WORDS[axis]() }))}
      value={props.type}
      onChange={(type) => props.onChange({ type: type as Axis })}
    />
  </Stack>
)

const withMeaning = (groups: Chosen['groups'], { type, word, meaning }: Meant): Chosen['groups'] => ({
  ...groups,
  [type]: { ...groups[type], [word]: meaning },
})

const without = (except: readonly number[], line: number, isWanted: boolean): number[] =>
  isWanted ? except.filter((other) => other !== line) : [...except, line]

/** Where the text has lines, with the one that is wrong. */
function problemWords({ field, detail }: { field: string; detail: string }): string {
  const [, line] = /^line\/(\d+)$/.exec(field) ?? []
  return line ? m.statuses_import_problem({ line, detail }) : asSentence(detail)
}

function useAdd(onAdded: () => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ text, type, groups, except, isPartly }: Chosen & { isPartly: boolean }) =>
      ask(
        api.statuses.import.$post({
          query: { type, partly: isPartly ? 'true' : 'false' },
          json: { list: text, groups, except: [...except] },
        }),
      ),
    onSuccess: async ({ added }) => {
      await queries.invalidateQueries({ queryKey: ['statuses'] })
      notifications.show({ message: m.statuses_imported({ count: added }) })
      onAdded()
    },
  })
}
