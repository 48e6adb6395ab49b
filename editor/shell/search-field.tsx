import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { m } from '../texts/paraglide/messages.js'

/** So long after the last key the search begins. */
const PAUSE_MS = 300
/** Characters that the API takes. */
const QUERY_MAX = 200

interface Props {
  label: string
  /** What is searched for, as the address tells it. */
  value: string | undefined
  onSearch: (text: string | undefined) => void
}

/** A field that searches by itself once one stops typing. */
export function SearchField({ label, value = '', onSearch }: Props) {
  const [text, setText] = useState(value)
  const asked = useRef(value)
  // another address, by "back" or a link, is shown as it is; our own would take away what is typed on
  useEffect(() => {
    if (value !== asked.current) setText(value)
    asked.current = value
  }, [value])
  const search = useDebouncedCallback((typed: string) => {
    asked.current = typed.trim()
    onSearch(asked.current || undefined)
  }, PAUSE_MS)
  const set = (typed: string) => {
    setText(typed)
    search(typed)
  }
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      value={text}
      maxLength={QUERY_MAX}
      onChange={({ currentTarget }) => set(currentTarget.value)}
      leftSection={<Search size={16} aria-hidden />}
      rightSection={text && <CloseButton size="sm" aria-label={m.search_clear()} onClick={() => set('')} />}
      w={360}
      maw="100%"
    />
  )
}
