import { Button, Code, Group, Select, Table, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { MAP_MAX } from '../../db/model/limits.ts'
import type { StatusMap } from '../../db/model/shops/woocommerce.ts'
import { AXES, type Axis } from '../../db/model/status.ts'
import type { StatusCount } from '../orders/order-queries.ts'
import { TYPE_WORDS } from '../orders/type-words.ts'
import { m } from '../texts/paraglide/messages.js'
import classes from './integrations.module.css'
import { defaultNames, withMeaning, wordOf, wordsOf } from './status-map.ts'

interface Props {
  map: StatusMap
  statuses: StatusCount[]
  onChange: (map: StatusMap) => void
}

/** What the shop's own words for states mean here, an axis at a time; what nobody chose is read by its meaning. */
export function StatusMapTable({ map, statuses, onChange }: Props) {
  const [added, setAdded] = useState<string[]>([])
  const words = wordsOf(map, added)
  return (
    <section aria-labelledby="shop-map">
      <Title order={3} size="sm" id="shop-map">
        {m.shops_map()}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {m.shops_map_text()}
      </Text>
      <div className={classes.scroll}>
        <Table className={classes.map!} verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{m.shops_word()}</Table.Th>
              {AXES.map((axis) => (
                <Table.Th key={axis} scope="col">
                  {TYPE_WORDS[axis]()}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {words.map((word) => (
              <Table.Tr key={word}>
                <Table.Th scope="row">
                  <Code>{word}</Code>
                </Table.Th>
                {AXES.map((axis) => (
                  <Table.Td key={axis}>
                    <Cell {...{ word, axis, map, statuses, onChange }} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {words.length < MAP_MAX && <AddWord onAdd={(word) => setAdded([...added, word])} />}
    </section>
  )
}

function Cell({ word, axis, map, statuses, onChange }: Props & { word: string; axis: Axis }) {
  const byDefault = defaultNames(statuses, word, axis)
  return (
    <Select
      size="xs"
      aria-label={m.shops_cell({ word, type: TYPE_WORDS[axis]() })}
      placeholder={byDefault.length > 0 ? byDefault.join(m.shops_or()) : m.shops_stays()}
      data={statuses.filter((s) => s.type === axis).map(({ code, name }) => ({ value: code, label: name }))}
      value={map[word]?.[axis] ?? null}
      onChange={(code) => onChange(withMeaning(map, word, axis, code))}
      clearable
      clearButtonProps={{ 'aria-label': m.shops_cell_clear({ word, type: TYPE_WORDS[axis]() }) }}
    />
  )
}

function AddWord({ onAdd }: { onAdd: (word: string) => void }) {
  const [typed, setTyped] = useState('')
  const add = () => {
    if (wordOf(typed) === '') return
    onAdd(wordOf(typed))
    setTyped('')
  }
  return (
    <Group gap="xs" align="flex-end" mt="sm">
      <TextInput
        size="xs"
        label={m.shops_add_word()}
        placeholder="wc-packed"
        value={typed}
        onChange={({ currentTarget: { value } }) => setTyped(value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          // it would save the whole form
          event.preventDefault()
          add()
        }}
        maxLength={100}
      />
      <Button variant="default" size="xs" onClick={add}>
        {m.action_add()}
      </Button>
    </Group>
  )
}
