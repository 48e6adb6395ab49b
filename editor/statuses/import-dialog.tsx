import { Modal } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Axis } from '../../db/model/status.ts'
import type { StatusCount } from '../orders/order-queries.ts'
import { asSentence } from '../shell/as-sentence.ts'
import { m } from '../texts/paraglide/messages.js'
import { type Chosen, previewOf } from './import-plan.ts'
import { ImportReady } from './import-ready.tsx'
import { ImportSource } from './import-source.tsx'

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
  return (
    <ImportReady chosen={chosen} preview={preview} onChange={change} onBack={() => setBack(true)} onClose={onClose} />
  )
}

/** Where the text has lines, with the one that is wrong. */
function problemWords({ field, detail }: { field: string; detail: string }): string {
  const [, line] = /^line\/(\d+)$/.exec(field) ?? []
  return line ? m.statuses_import_problem({ line, detail }) : asSentence(detail)
}
