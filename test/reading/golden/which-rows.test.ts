import { join } from 'node:path'
import { parseAggregation, parseReading } from '@strata/domain/dataset'
import { parseHookName } from '@strata/domain/shared'
import * as postgres from '@strata/infrastructure/postgres'
import { expect, test } from 'vitest'
import { deployInput, hookInput, moduleRelease, registryOn, type Registry } from '../../registry/registry.ts'
import { createTestDatabase } from '../../support/index.ts'
import { manifest } from '../../support/manifest.ts'
import { useCasesOn } from '../../support/use-cases.ts'
import { readableDataset } from '../open-dataset.ts'
import { settleRun } from '../settle-run.ts'
import { pageOf } from './page-of.ts'
import type { Golden } from './questions.ts'
import { recorded } from './statements.ts'

// As golden.test.ts: here the question is the same, and what has become of the hook's releases is another.

const hook = parseHookName('find_pockets')
const convention = manifest().slug
const everyRow: Golden['input'] = { table: hook }

test('which rows', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput({ hooks: [hookInput(1)] }))
  const records = await publish(database)
  const record = recorded(database.reader)
  const page = (title: string, input = everyRow) => pageOf('', [{ title, input }], (asked) => scores(record, asked), record)

  await compute(database, registry, { version: 1, records })
  const pages = [await page('one release has computed all')]
  await registry.release(hook, moduleRelease(2), false)
  await compute(database, registry, { version: 2, records: records.slice(0, 1) })
  pages.push(await page('a newer one has computed one record, but is not live'))
  await registry.setLive(hook, 2)
  pages.push(await page('it is live: it overtakes where it has a result'), await page('its rows alone', { ...everyRow, release: 2 }))
  const count = async (input: Golden['input']) =>
    record.datasets.aggregate(
      parseAggregation(await readableDataset(record.datasets, convention), { ...input, measures: [{ op: 'COUNT' }] }),
    )
  pages.push(await pageOf('', [{ title: 'counted, what overtakes is joined', input: everyRow }], count, record))
  await registry.release(hook, moduleRelease(3), true)
  await compute(database, registry, { version: 3, records: records.slice(1, 2) })
  pages.push(await page('a third one is live, and each overtakes those before it'))
  await registry.setState(hook, 2, 'YANKED')
  pages.push(await page('the second one is yanked: what it had overtaken counts again'))

  const text = `# which rows\n\n${pages.map((one) => one.replace(/^# .*\n\n/, '')).join('\n')}`
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, 'which-rows.md'))
})

async function scores({ datasets }: ReturnType<typeof recorded>, input: Golden['input']) {
  const dataset = await readableDataset(datasets, convention)
  const { items } = await datasets.rowPage(parseReading(dataset, input), { first: 50 })
  return items.map(({ row: { values, made } }) => ({ ...values, stale: made?.stale }))
}

async function publish(database: postgres.Database): Promise<readonly string[]> {
  const results = await useCasesOn(database)
    .as('test')
    .publish({
      convention,
      origin: { type: 'import', sourceNode: 'here' },
      records: ['a', 'b', 'c'].map((sourceId) => ({ sourceId, metadata: { pdb_id: `1ab${sourceId}` } })),
    })
  return results.flatMap((result) => (result.status === 'PUBLISHED' ? [result.id] : [])).toSorted()
}

async function compute(
  database: postgres.Database,
  registry: Registry,
  o: { readonly version: number; readonly records: readonly string[] },
): Promise<void> {
  const releaseId = (await registry.queries.releaseOf(hook, o.version))?.id ?? ''
  await settleRun(database, { convention, hook, releaseId, results: new Map(o.records.map((id) => [id, [[o.version]]])) })
}
