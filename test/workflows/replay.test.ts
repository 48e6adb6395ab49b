import { readdirSync, readFileSync } from 'node:fs'
import { temporal } from '@temporalio/proto'
import { Worker } from '@temporalio/worker'
import { describe, expect, it } from 'vitest'
import { bundleWorkflows } from '../../workflows/bundle.ts'
import { WORKFLOWS } from '../../workflows/contracts.ts'

const { History } = temporal.api.history.v1
const folder = new URL('./histories/', import.meta.url)
const files = readdirSync(folder).filter((f) => f.endsWith('.pb'))
const read = (file: string) => History.decode(readFileSync(new URL(file, folder)))
const begun = (file: string) => read(file).events[0]!.workflowExecutionStartedEventAttributes!

/** Made anew by `RECORD_HISTORIES=1 npm test`; an old one stays as long as such runs may still be open. */
describe('stored histories', () => {
  it('are there for every workflow', () => {
    const kinds = new Set(files.map((file) => begun(file).workflowType!.name))
    expect([...kinds].sort()).toEqual(Object.values(WORKFLOWS).sort())
  })

  it.each(files)('%s leads the present workflows to the same commands', async (file) => {
    const workflowBundle = await bundleWorkflows()
    const replayed = Worker.runReplayHistory({ workflowBundle }, read(file), begun(file).workflowId!)
    await expect(replayed).resolves.toBeUndefined()
  })

  it('hold no personal data: what a text or a customer says is in none of them', () => {
    for (const file of files) expect(readFileSync(new URL(file, folder)).toString('latin1')).not.toMatch(/Ann |\+1212/)
  })
})
