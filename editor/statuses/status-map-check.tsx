import { Alert, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { StatusCount } from '../orders/order-queries.ts'
import { m } from '../texts/paraglide/messages.js'
import type { Draft } from './draft.ts'
import classes from './status-map.module.css'
import { Findings } from './status-map-findings.tsx'
import { askForFindings, type Finding } from './status-map-query.ts'

interface MapCheck {
  /** What saving the draft as it stands would bring; empty before it was asked, and once the draft is changed. */
  warnings: readonly Finding[]
  isPending: boolean
  /** Saves, unless that brings something that was not told yet. */
  save: () => void
}

/** Asks before a status is saved what that would bring: warnings hold it up once, until it is saved all the same. */
export function useMapCheck(draft: Draft, save: (draft: Draft) => void): MapCheck {
  const [told, setTold] = useState<{ draft: Draft; findings: Finding[] } | null>(null)
  const check = useMutation({
    mutationFn: askForFindings,
    onSuccess: (findings, asked) => {
      // an error is refused where its field is, by saving
      const holdsUp = findings.length > 0 && findings.every(({ level }) => level === 'warning')
      if (holdsUp) setTold({ draft: asked, findings })
      else save(asked)
    },
    // saving says what is wrong, or works
    onError: (_, asked) => save(asked),
  })
  const warnings = told?.draft === draft ? told.findings : []
  return {
    warnings,
    isPending: check.isPending,
    save: () => (warnings.length > 0 ? save(draft) : check.mutate(draft)),
  }
}

/** Above the button that saves. */
export function MapWarnings({
  warnings,
  statuses,
}: {
  warnings: readonly Finding[]
  statuses: readonly StatusCount[]
}) {
  const alert = useRef<HTMLDivElement>(null)
  const isTold = warnings.length > 0
  useEffect(() => {
    if (isTold) alert.current?.scrollIntoView({ block: 'nearest' })
  }, [isTold])
  if (!isTold) return null
  return (
    <Alert
      ref={alert}
      className={classes.warnings!}
      color="orange"
      variant="light"
      role="alert"
      icon={<TriangleAlert size={18} aria-hidden />}
    >
      <Text size="sm" fw={600} mb={6}>
        {m.map_warnings()}
      </Text>
      <Findings findings={warnings} statuses={statuses} isInForm />
    </Alert>
  )
}
