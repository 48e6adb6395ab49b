import { openSite, type Site } from '../bench/site.ts'
import { reentry } from './reentry.ts'
import { replay } from './replay.ts'

/** Trials on data nobody here wrote: `npm run trial -- NAME FOLDER`, with the folder that holds the Olist files. */
const TRIALS: Record<string, (site: Site, folder: string) => Promise<string>> = { replay, reentry }

const [name = '', folder] = process.argv.slice(2)
const trial = TRIALS[name]
if (!trial || folder === undefined) {
  console.error(`npm run trial -- NAME FOLDER, with NAME one of: ${Object.keys(TRIALS).join(', ')}`)
  process.exit(2)
}
const site = await openSite()
try {
  console.log(await trial(site, folder))
} finally {
  await site.end()
}
