import { Button, Checkbox, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { AXES, type Axis } from '../../db/model/status.ts'
import { TYPE_WORDS } from '../orders/type-words.ts'
import { api, ask } from '../shell/api.ts'
import { Failed } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import type { Chosen, Preview } from './import-plan.ts'
import { ImportPreview } from './import-preview.tsx'
import { ImportWords, type Meant } from './import-words.tsx'

/** What a list would do, what people may say about it, and the way to do it. */
export function ImportReady(props: {
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
