import { Select, Stack, Title } from '@mantine/core'
import { type Axis, MEANINGS, type Meaning } from '../../db/model/status.ts'
import { m } from '../texts/paraglide/messages.js'
import classes from './import.module.css'
import type { ListWord } from './import-plan.ts'
import { MEANING_WORDS } from './status-words.ts'

/** What people say that a word means. */
export interface Meant {
  type: Axis
  word: string
  meaning: Meaning
}

/** What the list's words for groups and kinds mean, each once: asked where nobody knows it, else to be changed. */
export function ImportWords(props: { words: readonly ListWord[]; onChoose: (meant: Meant) => void }) {
  return (
    <Stack gap="xs" component="section" aria-labelledby="import-words">
      <Title order={3} size="h6" id="import-words">
        {m.statuses_import_words()}
      </Title>
      <div className={classes.words}>
        {props.words.map(({ type, word, count, meaning }) => (
          <Select
            key={`${type} ${word}`}
            label={m.statuses_import_word({ word, count })}
            placeholder={m.statuses_choose()}
            data={MEANINGS[type].map((value) => ({ value, label: MEANING_WORDS[type][value]!.name() }))}
            value={meaning}
            onChange={(value) => value && props.onChoose({ type, word, meaning: value as Meaning })}
            allowDeselect={false}
          />
        ))}
      </div>
    </Stack>
  )
}
