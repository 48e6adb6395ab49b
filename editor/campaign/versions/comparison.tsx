import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ArrowLeft, CircleMinus, CirclePlus, type LucideIcon, PencilLine } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Campaign, Step } from '../../../db/model/campaign-schema.ts'
import { Loaded } from '../../shell/states.tsx'
import { m } from '../../texts/paraglide/messages.js'
import { readCampaign } from '../document/read.ts'
import { draftQuery } from '../draft/query.ts'
import { useNames } from '../step/use-statuses.ts'
import { titleOf } from '../step/words.ts'
import { type Comparison, compare, isSame } from './compare.ts'
import { changeWords, type FieldWords } from './compare-words.ts'
import { versionQuery } from './query.ts'
import classes from './versions.module.css'

interface Props {
  campaignId: string
  version: number
  onBack: () => void
  onRestore: () => void
}

/** What the draft has changed since a version. */
export function VersionComparison({ campaignId, version, onBack, onRestore }: Props) {
  const published = useQuery(versionQuery(campaignId, version))
  const draft = useQuery(draftQuery(campaignId))
  return (
    <Stack gap="md">
      <Loaded query={published}>
        {({ document }) => (
          <Loaded query={draft}>
            {({ draft }) => <Differences was={readCampaign(document)} is={readCampaign(draft)} version={version} />}
          </Loaded>
        )}
      </Loaded>
      <Group gap="xs">
        <Button size="xs" variant="default" leftSection={<ArrowLeft size={14} aria-hidden />} onClick={onBack}>
          {m.versions_back()}
        </Button>
        <Button size="xs" variant="default" onClick={onRestore}>
          {m.versions_restore()}
        </Button>
      </Group>
    </Stack>
  )
}

function Differences({ was, is, version }: { was: Campaign | null; is: Campaign | null; version: number }) {
  if (!was || !is) return <Text size="sm">{m.versions_unreadable({ version })}</Text>
  const comparison = compare(was, is)
  if (isSame(comparison)) return <Text size="sm">{m.versions_same()}</Text>
  return <Told comparison={comparison} was={was} is={is} />
}

function Told({ comparison, was, is }: { comparison: Comparison; was: Campaign; is: Campaign }) {
  const statuses = useNames()
  const { added, removed, changed } = comparison
  return (
    <Stack gap="sm">
      <Steps icon={CirclePlus} kind="added" title={m.versions_added({ count: added.length })} steps={added} />
      <Steps icon={CircleMinus} kind="removed" title={m.versions_removed({ count: removed.length })} steps={removed} />
      {changed.length > 0 && (
        <Section icon={PencilLine} kind="changed" title={m.versions_changed({ count: changed.length })}>
          {changed.map((change) => (
            <li key={change.is.id}>
              {titleOf(change.is)}
              <Fields fields={changeWords(change, { statuses, was, is })} />
            </li>
          ))}
        </Section>
      )}
    </Stack>
  )
}

type Kind = keyof Comparison

function Steps({ steps, ...section }: { icon: LucideIcon; kind: Kind; title: string; steps: readonly Step[] }) {
  if (steps.length === 0) return null
  return (
    <Section {...section}>
      {steps.map((step) => (
        <li key={step.id}>{titleOf(step)}</li>
      ))}
    </Section>
  )
}

function Section(props: { icon: LucideIcon; kind: Kind; title: string; children: ReactNode }) {
  const { icon: Icon, kind, title, children } = props
  return (
    <section className={classes[kind]}>
      <Text component="h3" size="sm" fw={600} className={classes.heading}>
        <Icon size={16} aria-hidden />
        {title}
      </Text>
      <ul className={classes.steps}>{children}</ul>
    </section>
  )
}

function Fields({ fields }: { fields: readonly FieldWords[] }) {
  return (
    <dl className={classes.fields}>
      {fields.map(({ field, label, was, is }) => (
        <div key={field}>
          <dt>{label}</dt>
          <dd>
            {was !== null && <del>{was}</del>} {is !== null && <ins>{is}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
