import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { ClosingLine } from './stack/closing-line.ts'
import { isKannelInstalled } from './workflows/channels/start-kannel.ts'

// the set-up files run in this process, the tests in others
process.env.TIDINGS_HOME = join(tmpdir(), `tidings-test-${process.pid}`)
for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS']) delete process.env[name]
const env = { TIDINGS_HOME: process.env.TIDINGS_HOME }

/** Tests that need an SMS gateway: they run wherever there is one, and always in CI, where they fail without it. */
const KANNEL_TESTS = ['test/workflows/channels/kannel.test.ts', 'test/journeys/kannel.test.ts']
const unable = isKannelInstalled() || process.env.CI ? [] : KANNEL_TESTS
// this file is read once for each project
if (unable.length > 0 && !process.env.TIDINGS_TESTS_LEFT_OUT)
  console.log(`Kannel is not installed, so ${unable.join(' and ')} are left out: apt-get install kannel kannel-extras`)
process.env.TIDINGS_TESTS_LEFT_OUT = unable.join()

const postgres = 'test/stack/postgres.ts'
const temporal = 'test/stack/temporal.ts'
const product = 'test/stack/product.ts'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    env,
    reporters: ['default', new ClosingLine()],
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: ['test/*.test.ts', 'test/db/model/**/*.test.ts', 'test/editor/**/*.test.{ts,tsx}'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'store',
          include: ['test/db/**/*.test.ts', 'test/api/**/*.test.ts'],
          exclude: ['test/db/model/**'],
          globalSetup: [postgres],
          testTimeout: 20_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'temporal',
          include: ['test/workflows/**/*.test.ts'],
          exclude: unable,
          globalSetup: [postgres, temporal],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          exclude: unable,
          globalSetup: [product],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
