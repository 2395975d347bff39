import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { subgraphNames } from '../server/build-subgraph.ts'
import { resolverTypes } from './resolver-types.ts'

test.each(subgraphNames)('the resolver types of %s are those of its schema; `npm run codegen` brings them up to date', async (name) => {
  const committed = readFileSync(join(import.meta.dirname, '..', name, 'generated', 'types.ts'), 'utf8')
  expect(committed).toBe(await resolverTypes(name))
})
