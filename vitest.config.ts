import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/generated/**'],
    globalSetup: ['test/support/global-postgres.ts'],
    // Tests run on Node as the code does. Through Vite's loader, graphql would be there twice: as a module and as CommonJS.
    experimental: { viteModuleRunner: false },
    pool: 'forks',
    // Two files for each core: most of them wait for databases, containers and processes half of the time.
    maxWorkers: 2 * availableParallelism(),
    // Bounds for a test that hangs, not for one that is slow: the suite must also pass beside processes that keep every core busy.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
  },
})
