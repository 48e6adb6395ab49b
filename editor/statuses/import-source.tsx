import { Button, FileButton, Stack, Text, Textarea } from '@mantine/core'
import { FileUp } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { m } from '../texts/paraglide/messages.js'
import classes from './import.module.css'
import { isTooLarge } from './import-plan.ts'

interface Props {
  /** What was read before, to be mended. */
  before: string
  /** Why the text that was read last is no list of statuses. */
  error: string | null
  onRead: (text: string) => void
}

/** Where a list of statuses comes from: a file that is chosen or dropped, or a text that is pasted. */
export function ImportSource({ before, error, onRead }: Props) {
  const [text, setText] = useState(before)
  const [isOver, setOver] = useState(false)
  const [isRefused, setRefused] = useState(false)
  const forget = useRef<() => void>(null)
  const take = async (file: File | null | undefined) => {
    setOver(false)
    if (!file) return
    setRefused(isTooLarge(file))
    if (isTooLarge(file)) return
    const read = await file.text()
    // the same file, once mended, is chosen again
    forget.current?.()
    // one that cannot be read stands there to be mended
    setText(read)
    onRead(read)
  }
  const drag = (event: DragEvent) => {
    event.preventDefault()
    setOver(event.type === 'dragover')
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    void take(event.dataTransfer.files[0])
  }
  return (
    <Stack gap="md">
      <Text size="sm">{m.statuses_import_hint()}</Text>
      <section
        className={classes.drop}
        data-over={isOver}
        aria-label={m.statuses_import_file()}
        onDragOver={drag}
        onDragLeave={drag}
        onDrop={drop}
      >
        <FileButton
          resetRef={forget}
          onChange={(file) => void take(file)}
          accept=".csv,.tsv,.txt,.json,text/csv,application/json"
        >
          {(props) => (
            <Button {...props} variant="default" leftSection={<FileUp size={16} aria-hidden />} data-autofocus>
              {m.statuses_import_file()}
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed">
          {m.statuses_import_drop()}
        </Text>
      </section>
      <Textarea
        label={m.statuses_import_paste()}
        placeholder={m.statuses_import_example()}
        value={text}
        onChange={({ currentTarget: { value } }) => setText(value)}
        error={isRefused ? m.statuses_import_large() : error}
        autosize
        minRows={5}
        maxRows={12}
        spellCheck={false}
      />
      <Button disabled={text.trim() === ''} onClick={() => onRead(text)} style={{ alignSelf: 'flex-end' }}>
        {m.statuses_import_read()}
      </Button>
    </Stack>
  )
}
