import { Alert, Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { CircleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { m } from '../texts/paraglide/messages.js'
import { Problem } from './api.ts'
import { asSentence } from './as-sentence.ts'
import { refusalWords } from './refusal-words.ts'

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f']

/** What a page shows while it waits, when it failed, and once it has its answer; an answer it has is kept while it asks again. */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children: (answer: T) => ReactNode }) {
  if (query.data !== undefined) return children(query.data)
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />
  return <Loading />
}

function Loading() {
  return (
    <Stack gap="xs" role="status" aria-label={m.state_loading()}>
      {ROWS.map((row) => (
        <Skeleton key={row} height={36} radius="sm" />
      ))}
    </Stack>
  )
}

/** Why an answer is missing, and a way to ask again. */
export function Failed({ error, retry }: { error: Error; retry?: () => void }) {
  return (
    <Alert
      color="red"
      variant="light"
      icon={<CircleAlert size={18} aria-hidden />}
      title={m.state_failed()}
      role="alert"
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{sentenceOf(error)}</Text>
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            {m.action_retry()}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}

/** An error in words for people, with the first of what is wrong where several things can be. */
export function sentenceOf(error: Error): string {
  if (!(error instanceof Problem)) return m.error_unexpected()
  const { code, errors, message } = error
  if (code === 'offline') return m.error_offline()
  const words = refusalWords(code)
  return words === null ? message : [words, ...errors.slice(0, 1).map(({ detail }) => asSentence(detail))].join(' ')
}

/** A place where nothing is yet: says why, and what to do. */
export function Empty(props: { icon: LucideIcon; title: string; text?: string; children?: ReactNode }) {
  const { icon: Icon, title, text, children } = props
  return (
    <Stack align="center" gap="xs" py="xl" px="md" ta="center">
      <Icon size={36} strokeWidth={1.5} aria-hidden />
      <Title order={2} size="h4">
        {title}
      </Title>
      {text && (
        <Text c="dimmed" size="sm" maw={460}>
          {text}
        </Text>
      )}
      {children}
    </Stack>
  )
}
