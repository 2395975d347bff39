import { join } from 'node:path'
import { parseAggregation, parseReading } from '@strata/domain/dataset'
import { publishRecords, type PublishResult } from '@strata/domain/record'
import { parseHookName } from '@strata/domain/shared'
import * as postgres from '@strata/infrastructure/postgres'
import { expect, test } from 'vitest'
import { deployInput, hookInput, moduleRelease, registryOn } from '../../registry/registry.ts'
import { createTestDatabase } from '../../support/index.ts'
import { manifest } from '../../support/manifest.ts'
import { giveBack, takeBack } from '../../versions/taking-back.ts'
import { readableDataset } from '../open-dataset.ts'
import { passedInstant } from '../passed-instant.ts'
import { settleRun } from '../settle-run.ts'
import { pageOf } from './page-of.ts'
import type { Golden } from './questions.ts'
import { recorded } from './statements.ts'

// As golden.test.ts: here the question is the same, and what has become of the records is another.

const hook = parseHookName('find_pockets')
const convention = manifest().slug
const records: Golden['input'] = { table: 'records', orderBy: [{ column: 'pdb_id' }] }
const rows: Golden['input'] = { table: hook, orderBy: [{ column: 'score' }] }

test('which versions', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput({ hooks: [hookInput(1)] }))
  const record = recorded(database.reader)
  const pages: string[] = []

  const readable = () => readableDataset(record.datasets, convention)
  const read = async (input: Golden['input']) => {
    const { items } = await record.datasets.rowPage(parseReading(await readable(), input), { first: 50 })
    return items.map(({ row: { values, name, made } }) => ({
      version: name.version,
      ...(made === undefined ? { pdb_id: values['pdb_id'] } : { ...values, stale: made.stale }),
    }))
  }
  const count = async (input: Golden['input']) =>
    record.datasets.aggregate(parseAggregation(await readable(), { ...input, orderBy: undefined, measures: [{ op: 'COUNT' }] } as never))
  const page = async (title: string, input: Golden['input'], answer: typeof read | typeof count = read) =>
    void pages.push(await pageOf('', [{ title, input }], answer, record))

  const [a, b, c] = await publish(database, { a: '1aaa', b: '1bbb', c: '1ccc' })
  await compute(1, [a, b, c])
  await page('no record has a second version', records)
  await page('nor do rows of a hook look for one', rows)
  const before = await passedInstant(database)

  const [revised] = await publish(database, { a: '2aaa' })
  await page('a record is revised: its newest version counts', records)
  await page('the hook has run over the first version alone', rows)
  await page('counted, versions that do not count are joined', rows, count)
  await page('every version', { ...records, versions: 'ALL' })
  await page('rows of every version', { ...rows, versions: 'ALL' })
  await page('before the revision', { ...records, asOf: before })
  await page('rows before the revision', { ...rows, asOf: before })
  await compute(2, [revised])
  await page('the hook has run over the new version', rows)
  await page('a filter over another table asks rows of the same version', {
    ...records,
    filter: { lt: { column: 'find_pockets.score', value: 3 } },
  })
  await page('words are found in the version that counts', { ...records, filter: { search: '1aaa or 2aaa' } })

  await registry.release(hook, moduleRelease(2), true)
  await compute(3, [b], 2)
  await page('another release is live, and has computed one record', rows)
  await takeBack(database, b)
  await page('a record is withdrawn', records)
  await page('none of its rows counts', rows)
  const withdrawn = await passedInstant(database)
  await giveBack(database, b)
  await page('it is restored', rows)
  await page('while it was withdrawn', { ...rows, asOf: withdrawn })

  const text = `# which versions\n\n${pages.map((one) => one.replace(/^# .*\n\n/, '')).join('\n')}`
  const then = [before, withdrawn].flatMap((at) => [at.toISOString(), String(at)])
  const timeless = then.reduce((said, at) => said.replaceAll(at, '<then>'), text)
  await expect(timeless).toMatchFileSnapshot(join(import.meta.dirname, 'which-versions.md'))

  async function compute(score: number, some: readonly string[], version = 1): Promise<void> {
    const releaseId = (await registry.queries.releaseOf(hook, version))?.id ?? ''
    await settleRun(database, { convention, hook, releaseId, results: new Map(some.map((id) => [id, [[score]]])) })
  }
})

/** One after the other, so that their order is known. */
async function publish(database: postgres.Database, metadata: Readonly<Record<string, string>>): Promise<[string, string, string]> {
  const ids: string[] = []
  for (const [sourceId, pdb_id] of Object.entries(metadata)) {
    const results = await postgres.transaction(database, (tx) =>
      publishRecords(
        { records: postgres.recordStore(tx), files: postgres.recordFileStore(tx), outbox: postgres.outbox(tx, 'test') },
        { convention, origin: { type: 'import', sourceNode: 'here' }, onChange: 'REVISE', records: [{ sourceId, metadata: { pdb_id } }] },
        'test',
      ),
    )
    ids.push(...results.map(idOf))
  }
  const [first = '', second = '', third = ''] = ids
  return [first, second, third]
}

function idOf(result: PublishResult): string {
  return result.status === 'INVALID' ? expect.fail(JSON.stringify(result)) : result.id
}
