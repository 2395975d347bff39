import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifest, openArchive, topologies, type Ask, type TestArchive } from '../support/index.ts'

const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
const publish = `mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) {
  publishedCount revisedCount changedCount duplicateCount invalidCount results { sourceId status srn findings { hook kind message field } }
} }`

interface Sent {
  readonly sourceId: string
  readonly metadata?: object
  readonly expectedVersion?: number
  readonly note?: string
}

describe.each(topologies)('publishing again into an archive in %s', (topology) => {
  let archive: TestArchive
  let ask: Ask
  beforeAll(async () => {
    archive = await openArchive(topology)
    ask = await archive.as({ subject: 'importer', scopes: ['records:write'] })
    expect((await archive.ask(deploy, { input: manifest() })).errors).toEqual([])
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  async function send(records: readonly Sent[], onChange?: 'KEEP' | 'REVISE', convention = 'proteins') {
    const input = {
      convention,
      source: { import: { sourceNode: 'rcsb.org' } },
      records: records.map((record) => ({ metadata: { pdb_id: '1abc' }, ...record })),
      ...(onChange === undefined ? {} : { onChange }),
    }
    const { data, errors } = await ask(publish, { input })
    expect(errors).toEqual([])
    return data.publishRecords
  }
  const one = async (record: Sent, onChange?: 'KEEP' | 'REVISE', convention?: string) =>
    (await send([record], onChange, convention)).results[0]
  const record = async (srn: string, fields: string) => {
    const { data, errors } = await ask(`query ($srn: SRN!) { record(srn: $srn) { ${fields} } }`, { srn })
    expect(errors).toEqual([])
    return data.record
  }
  const rows = async (args = '') => {
    const { data, errors } = await ask(`{ rows(convention: "proteins", table: "records", first: 1000 ${args}) {
      totalCount nodes { id values record { srn } } } }`)
    expect(errors).toEqual([])
    return data.rows
  }

  test('other content is kept back by default, with every field that differs', async () => {
    const first = await one({ sourceId: 'kept', metadata: { pdb_id: '1abc', resolution: 2 } })
    const again = await one({ sourceId: 'kept', metadata: { pdb_id: '2abc', organisms: ['Homo sapiens'] } })
    expect(again).toMatchObject({ status: 'CHANGED', srn: first.srn })
    expect(again.findings).toEqual([
      { hook: 'metadata', kind: 'CHANGED', field: 'pdb_id', message: '"pdb_id" is "1abc" in version 1 and "2abc" here.' },
      { hook: 'metadata', kind: 'CHANGED', field: 'resolution', message: '"resolution" is 2 in version 1 and missing here.' },
      { hook: 'metadata', kind: 'CHANGED', field: 'organisms', message: '"organisms" is missing in version 1 and ["Homo sapiens"] here.' },
    ])
    expect(await record(first.srn, 'version metadata')).toEqual({ version: 1, metadata: { pdb_id: '1abc', resolution: 2 } })
  })

  test('of very many differences 99 are named and the others counted, and the versions are listed by pages', async () => {
    const fields = Array.from({ length: 150 }, (_, n) => ({ name: `f${n}`, type: 'INTEGER' }))
    const wide = manifest({ slug: 'wide', schema: { id: 'wide', version: '1.0.0', fields } })
    expect((await archive.ask(deploy, { input: wide })).errors).toEqual([])
    const metadata = (value: number) => Object.fromEntries(fields.map(({ name }) => [name, value]))
    const first = await one({ sourceId: 'wide', metadata: metadata(0) }, 'KEEP', 'wide')
    const { status, findings } = await one({ sourceId: 'wide', metadata: metadata(1) }, 'KEEP', 'wide')
    expect([status, findings.length]).toEqual(['CHANGED', 100])
    expect(findings.at(-1)).toEqual({
      hook: 'metadata',
      kind: 'CHANGED',
      field: null,
      message: 'There are 51 more findings of this record.',
    })
    const revised = await one({ sourceId: 'wide', metadata: metadata(1) }, 'REVISE', 'wide')
    expect(await record(revised.srn, 'versions(first: 1) { srn } changesSince(version: 1, first: 150) { field }')).toMatchObject({
      versions: [{ srn: revised.srn }],
      changesSince: expect.objectContaining({ length: 150 }),
    })
    expect(revised.srn).toBe(first.srn.replace(/@1$/, '@2'))
  })

  test('REVISE publishes the next version, and an SRN without a version names the newest', async () => {
    const first = await one({ sourceId: 'revised', metadata: { pdb_id: '1abc' } })
    const second = await one({ sourceId: 'revised', metadata: { pdb_id: '2abc' }, note: 'The entry was renamed.' }, 'REVISE')
    const base = first.srn.replace(/@1$/, '')
    expect(second).toEqual({ sourceId: 'revised', status: 'REVISED', srn: `${base}@2`, findings: [] })
    expect(
      await record(base, 'srn version note metadata newest { srn } versions { srn } changesSince(version: 1) { field before after }'),
    ).toEqual({
      srn: `${base}@2`,
      version: 2,
      note: 'The entry was renamed.',
      metadata: { pdb_id: '2abc' },
      newest: { srn: `${base}@2` },
      versions: [{ srn: `${base}@2` }, { srn: `${base}@1` }],
      changesSince: [{ field: 'pdb_id', before: '1abc', after: '2abc' }],
    })
    expect(await record(`${base}@1`, 'version metadata newest { version }')).toEqual({
      version: 1,
      metadata: { pdb_id: '1abc' },
      newest: { version: 2 },
    })
    expect(await record(`${base}@3`, 'version')).toBeNull()
  })

  test('the same content is a duplicate of the newest version, and older content becomes a version of its own', async () => {
    await one({ sourceId: 'back', metadata: { pdb_id: '1abc' } })
    await one({ sourceId: 'back', metadata: { pdb_id: '2abc' } }, 'REVISE')
    expect(await one({ sourceId: 'back', metadata: { pdb_id: '2abc' } }, 'REVISE')).toMatchObject({
      status: 'DUPLICATE',
      srn: expect.stringMatching(/@2$/),
    })
    expect(await one({ sourceId: 'back', metadata: { pdb_id: '1abc' } }, 'REVISE')).toMatchObject({
      status: 'REVISED',
      srn: expect.stringMatching(/@3$/),
    })
  })

  test('a source that comes several times in a call is published as if in several calls', async () => {
    const { results } = await send(
      ['1abc', '1abc', '2abc', '1abc'].map((pdb_id) => ({ sourceId: 'often', metadata: { pdb_id } })),
      'REVISE',
    )
    expect(results.map(({ status, srn }: { status: string; srn: string }) => [status, srn.slice(-2)])).toEqual([
      ['PUBLISHED', '@1'],
      ['DUPLICATE', '@1'],
      ['REVISED', '@2'],
      ['REVISED', '@3'],
    ])
  })

  test('"expectedVersion" is a compare-and-set: of many revisions at once one wins, and the others learn which version did', async () => {
    await one({ sourceId: 'race' })
    const sent = await Promise.all(
      Array.from({ length: 8 }, (_, n) => one({ sourceId: 'race', metadata: { pdb_id: `${n}xyz` }, expectedVersion: 1 }, 'REVISE')),
    )
    expect(sent.map(({ status }) => status).toSorted()).toEqual([...Array<string>(7).fill('INVALID'), 'REVISED'])
    expect(sent.find(({ status }) => status === 'INVALID').findings).toEqual([
      {
        hook: 'record',
        kind: 'STALE_VERSION',
        field: 'expectedVersion',
        message: 'Version 2 is the newest, not 1: read it, and send your change to that one.',
      },
    ])
    expect(await one({ sourceId: 'none-yet', expectedVersion: 1 }, 'REVISE')).toMatchObject({
      status: 'INVALID',
      findings: [{ kind: 'STALE_VERSION' }],
    })
  })

  test('revisions at once get versions without gaps', async () => {
    await one({ sourceId: 'many' })
    const sent = await Promise.all(
      Array.from({ length: 8 }, (_, n) => one({ sourceId: 'many', metadata: { pdb_id: `${n}xyz` } }, 'REVISE')),
    )
    expect(sent.map(({ srn }) => Number(srn.split('@')[1])).toSorted()).toEqual([2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('what counts is the newest version: in rows, counts, totals and at earlier times', async () => {
    const before = await rows()
    const { srn } = await one({ sourceId: 'counted', metadata: { pdb_id: '1abc' } })
    await pause(20)
    const asOf = new Date().toISOString()
    await pause(20)
    await one({ sourceId: 'counted', metadata: { pdb_id: '2abc' } }, 'REVISE')
    const now = await rows()
    const mine = ({ nodes }: { nodes: { record: { srn: string }; values: { pdb_id: string } }[] }) =>
      nodes.filter((row) => row.record.srn.startsWith(srn.slice(0, -1))).map((row) => [row.record.srn.slice(-2), row.values.pdb_id])
    expect(now.totalCount).toBe(before.totalCount + 1)
    expect(mine(now)).toEqual([['@2', '2abc']])
    expect(mine(await rows(`asOf: "${asOf}"`))).toEqual([['@1', '1abc']])
    expect(mine(await rows('versions: ALL'))).toEqual([
      ['@1', '1abc'],
      ['@2', '2abc'],
    ])
    const { data } = await ask(
      '{ records(convention: "proteins", first: 1000) { totalCount nodes { srn } } dataset(convention: "proteins") { tables { rowCount } } }',
    )
    expect(data.records.totalCount).toBe(now.totalCount)
    expect(data.records.nodes).toHaveLength(now.totalCount)
    expect(Number(data.dataset.tables[0].rowCount)).toBe(now.totalCount)
  })
})
