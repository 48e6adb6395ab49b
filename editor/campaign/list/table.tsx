import { Paper, Stack, Table } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { m } from '../../texts/paraglide/messages.js'
import type { Named } from '../step/trigger-words.ts'
import classes from './campaigns.module.css'
import { Changed, Customers, NameCell, StateCell, Texts, WhatStarts } from './cells.tsx'
import { CampaignMenu } from './menu.tsx'
import type { CampaignRow } from './query.ts'

interface Props {
  campaigns: readonly CampaignRow[]
  statuses: readonly Named[]
}

/** As wide as a table of all columns needs. */
const WIDE = '(min-width: 62em)'

/** The campaigns: a table where there is room for one, else cards. */
export function CampaignsTable(props: Props) {
  const isWide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false })
  return isWide ? <Rows {...props} /> : <Cards {...props} />
}

function Rows({ campaigns, statuses }: Props) {
  return (
    <Table verticalSpacing="sm" highlightOnHover aria-label={m.nav_campaigns()}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{m.campaigns_column_name()}</Table.Th>
          <Table.Th scope="col">{m.campaigns_column_state()}</Table.Th>
          <Table.Th scope="col">{m.campaigns_column_starts()}</Table.Th>
          <Table.Th scope="col">{m.campaigns_column_customers()}</Table.Th>
          <Table.Th scope="col">{m.campaigns_column_texts()}</Table.Th>
          <Table.Th scope="col">{m.campaigns_column_changed()}</Table.Th>
          <Table.Td />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {campaigns.map((campaign) => (
          <Table.Tr key={campaign.id}>
            <Table.Th scope="row" className={classes.name}>
              <NameCell {...campaign} />
            </Table.Th>
            <Table.Td>
              <StateCell {...campaign} />
            </Table.Td>
            <Table.Td className={classes.starts}>
              <WhatStarts {...campaign} statuses={statuses} />
            </Table.Td>
            <Table.Td className={classes.figure}>
              <Customers {...campaign} />
            </Table.Td>
            <Table.Td className={classes.figure}>
              <Texts {...campaign} />
            </Table.Td>
            <Table.Td className={classes.changed}>
              <Changed {...campaign} />
            </Table.Td>
            <Table.Td className={classes.menu}>
              <CampaignMenu campaign={campaign} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Cards({ campaigns, statuses }: Props) {
  return (
    <ul className={classes.cards} aria-label={m.nav_campaigns()}>
      {campaigns.map((campaign) => (
        <Paper component="li" withBorder p="sm" key={campaign.id}>
          <div className={classes.cardHead}>
            <NameCell {...campaign} />
            <CampaignMenu campaign={campaign} />
          </div>
          <Stack gap={8}>
            <div className={classes.cardRow}>
              <StateCell {...campaign} />
              <Changed {...campaign} />
            </div>
            <WhatStarts {...campaign} statuses={statuses} />
            <div className={classes.cardRow}>
              <Customers {...campaign} />
              <Texts {...campaign} />
            </div>
          </Stack>
        </Paper>
      ))}
    </ul>
  )
}
