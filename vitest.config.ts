import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/run/longest-first.ts'

/** Files whose tests bound the memory of their process, which must not hold what other files left in it. */
const measureMemory = [
  'infrastructure/postgres/session/operation-client.test.ts',
  'infrastructure/runner/oci/hostile-registry.test.ts',
  'infrastructure/runner/contract/hook/read-odd-files.test.ts',
  'test/files/uploads.test.ts',
]
const exclude = ['**/node_modules/**', '**/generated/**']

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-postgres.ts'],
    // Tests run on Node as the code does. Through Vite's loader, graphql would be there twice: as a module and as CommonJS.
    experimental: { viteModuleRunner: false },
    pool: 'forks',
    // Two files for each core: most of them wait for databases, containers and processes half of the time.
    maxWorkers: 2 * availableParallelism(),
    sequence: { sequencer: LongestFirst },
    // Bounds for a test that hangs, not for one that is slow: the suite must also pass beside processes that keep every core busy.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      // Importing an archive costs more processor time than most files' tests, so a process runs many files, one after the other.
      {
        extends: true,
        test: { name: 'shared process', include: ['**/*.test.ts'], exclude: [...exclude, ...measureMemory], isolate: false },
      },
      { extends: true, test: { name: 'own process', include: measureMemory, exclude } },
    ],
  },
})
