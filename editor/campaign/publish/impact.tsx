import { List, Table, Text } from '@mantine/core'
import { Unlink } from 'lucide-react'
import { formatCount } from '../../shell/format.ts'
import { m } from '../../texts/paraglide/messages.js'
import { useStatuses } from '../step/use-statuses.ts'
import classes from './publish.module.css'
import type { Prepared, Publication } from './query.ts'
import { impactWords } from './words.ts'

/** What publishing means for newcomers and for those who are inside, in sentences and as a table of where they are. */
export function PublishImpact({ prepared }: { prepared: Prepared }) {
  const statuses = useStatuses()
  const { steps } = prepared.publication.inside
  return (
    <section aria-label={m.publish_impact()}>
      <Text size="sm" fw={600} mb={6}>
        {m.publish_impact()}
      </Text>
      <List size="sm" spacing={4}>
        {impactWords(prepared, statuses).map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
      {steps.length > 0 && <WhereTheyAre steps={steps} />}
    </section>
  )
}

function WhereTheyAre({ steps }: { steps: Publication['inside']['steps'] }) {
  return (
    <Table verticalSpacing={6} fz="sm" mt="xs" aria-label={m.publish_where_they_are()}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{m.publish_column_step()}</Table.Th>
          <Table.Th scope="col">{m.publish_column_version()}</Table.Th>
          <Table.Th scope="col">{m.publish_column_waiting()}</Table.Th>
          <Table.Th scope="col">{m.publish_column_walking()}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {steps.map(({ version, step, title, waiting, walking, inDraft }) => (
          <Table.Tr key={`${version}/${step}`}>
            <Table.Th scope="row" fw={400}>
              {title}
              {!inDraft && (
                <Text size="xs" className={classes.removed}>
                  <Unlink size={14} aria-hidden /> {m.publish_removed({ version })}
                </Text>
              )}
            </Table.Th>
            <Table.Td>{m.publish_version({ version })}</Table.Td>
            <Table.Td>{formatCount(waiting)}</Table.Td>
            <Table.Td>{formatCount(walking)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
