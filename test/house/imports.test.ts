import { describe, expect, test } from 'vitest'
import { importBreaches } from './import-rule.ts'
import { codeFiles } from './tree.ts'

test('everybody imports only what the house allows', () => {
  expect(codeFiles().flatMap(importBreaches)).toEqual([])
})

describe('a breach is found', () => {
  test.each([
    ["import { a } from '@strata/infrastructure/postgres'", 'a static import'],
    ["import type { a } from '@strata/infrastructure/postgres'", 'a type'],
    ["export * from '@strata/infrastructure/postgres'", 'a re-export'],
    ["export { a } from '@strata/infrastructure/postgres'", 'a named re-export'],
    ["const a = await import('@strata/infrastructure/postgres')", 'a dynamic import'],
    ["type A = import('@strata/infrastructure/postgres').A", 'an import inside a type'],
    ["const a = require('@strata/infrastructure/postgres')", 'a require'],
  ])('%s', (line) => {
    expect(importBreaches({ path: 'gateway/server.ts', text: `// a comment\n\n${line}\n` })).toEqual([
      'gateway/server.ts:3 imports @strata/infrastructure/postgres: gateway may import only domain and libraries',
    ])
  })

  test('over a relative path', () => {
    expect(importBreaches({ path: 'infrastructure/postgres/a.ts', text: "import '../../gateway/compose.ts'" })).toEqual([
      'infrastructure/postgres/a.ts:1 imports ../../gateway/compose.ts: infrastructure may import only domain, prisma and libraries',
    ])
  })

  test('of a library, or of I/O, by the domain', () => {
    const breaches = importBreaches({
      path: 'domain/record/a.ts',
      text: "import 'zod'\nimport 'node:fs'\nimport 're2js'\nimport 'node:crypto'",
    })
    expect(breaches).toEqual([
      'domain/record/a.ts:1 imports zod: domain may import only node:crypto, re2js, spdx-expression-parse, spdx-license-ids/index.json',
      'domain/record/a.ts:2 imports node:fs: domain may import only node:crypto, re2js, spdx-expression-parse, spdx-license-ids/index.json',
    ])
  })

  test.each(['registry/runs/resolvers/run.ts', 'server/loaders.ts'])('of a subgraph, by subgraphs/%s', (path) => {
    const from = '../'.repeat(path.split('/').length - 1)
    const text = `import '${from}records/context.ts'\nimport '${from}server/connection.ts'\nimport '${from}registry/context.ts'`
    expect(importBreaches({ path: `subgraphs/${path}`, text })[0]).toBe(
      `subgraphs/${path}:1 imports ${from}records/context.ts: a subgraph may not import another`,
    )
    expect(importBreaches({ path: 'subgraphs/compose.ts', text: "import './records/context.ts'" })).toEqual([])
  })

  test('by a folder nobody made a rule for', () => {
    expect(importBreaches({ path: 'elsewhere/a.ts', text: '' })).toHaveLength(1)
  })
})

test('compose.ts alone knows the adapters', () => {
  const text = "import { a } from '@strata/infrastructure/postgres'"
  expect(importBreaches({ path: 'workers/compose.ts', text })).toEqual([])
  expect(importBreaches({ path: 'workers/relay/compose.ts', text })).toHaveLength(1)
})
