import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compute, ended } from '../provenance/compute.ts'
import { hookInput, manifestWithHooks } from '../runs/manifest.ts'
import { openArchive, topologies, type TestArchive } from '../support/index.ts'
import { restore, withdraw } from './taking-back.ts'

const scaled = (factor: number) =>
  hookInput({ name: 'scaled', source: `export default async ({ record }) => [{ value: record.metadata.n * ${factor}, word: 'w' }]` })
const fields = `id asOf changeCount changes(first: 100) { kind at record { srn } release { hook { name } version } }`

interface Change {
  readonly kind: string
  readonly at: string
  readonly record: { readonly srn: string } | null
  readonly release: { readonly hook: { readonly name: string }; readonly version: number } | null
}

describe.each(topologies)('what happened to what was cited, in %s', (topology) => {
  let archive: TestArchive
  let runs = 0
  beforeAll(async () => {
    archive = await openArchive(topology)
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  async function ask(query: string, variables?: Record<string, unknown>) {
    const { data, errors } = await archive.ask(query, variables)
    expect(errors).toEqual([])
    return data
  }
  async function publish(convention: string, numbers: Record<string, number>, onChange = 'REVISE'): Promise<Record<string, string>> {
    const records = Object.entries(numbers).map(([sourceId, n]) => ({ sourceId, metadata: { n } }))
    const input = { convention, source: { import: { sourceNode: 'here' } }, records, onChange }
    const { publishRecords } = await ask(
      'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { results { sourceId srn } } }',
      { input },
    )
    await ended(archive.database, ++runs)
    return Object.fromEntries(publishRecords.results.map(({ sourceId, srn }: { sourceId: string; srn: string }) => [sourceId, srn]))
  }
  async function deploy(slug: string, schema: string): Promise<void> {
    const input = { ...manifestWithHooks([{ ...scaled(1), name: `scaled_${schema}` }]), slug, title: slug }
    await ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', {
      input: { ...input, schema: { ...input.schema, id: schema } },
    })
  }
  const cite = async (convention: string, table: string, filter?: object) =>
    (
      await ask('mutation ($c: String!, $t: String!, $f: Filter) { cite(convention: $c, table: $t, filter: $f) { id asOf rowCount } }', {
        c: convention,
        t: table,
        f: filter,
      })
    ).cite
  const opened = async (id: string) => (await ask(`query ($id: ID!) { citation(id: $id) { ${fields} } }`, { id })).citation
  /** Without times, and checked for what holds of every answer: exact, the latest first, all of them after the citation. */
  async function changesOf(id: string): Promise<readonly string[]> {
    const { asOf, changeCount, changes } = await opened(id)
    expect(changeCount).toBe(changes.length)
    const times = changes.map(({ at }: Change) => at)
    expect(times).toEqual(times.toSorted().toReversed())
    expect(times.filter((at: string) => Date.parse(at) < Date.parse(asOf))).toEqual([])
    const {
      changes: [latest = null],
    } = (await ask('query ($id: ID!) { citation(id: $id) { changes(first: 1) { kind at } } }', { id })).citation
    expect(latest).toEqual(changes.length === 0 ? null : { kind: changes[0].kind, at: changes[0].at })
    return changes
      .map(({ kind, record, release }: Change) =>
        [kind, record?.srn, release && `${release.hook.name} ${release.version}`].filter(Boolean).join(' '),
      )
      .toSorted()
  }
  const get = async (path: string) => (await fetch(new URL(path, archive.url))).json()

  test('is told of a dataset, of a record and of a selection, and only what is theirs', { timeout: 180_000 }, async () => {
    await deploy('alphas', 'a')
    const srns = await publish('alphas', { kept: 1, revised: 2, retracted: 3, other: 40 })
    const { dataset } = await ask('{ dataset(convention: "alphas") { citation { id } } }')
    const records = await ask(
      `query ($a: SRN!, $b: SRN!) { a: record(srn: $a) { citation { id text } } b: record(srn: $b) { citation { id } } }`,
      {
        a: srns['revised'],
        b: srns['kept'],
      },
    )
    expect(records.a.citation.text).toContain(`Record ${srns['revised']}`)
    const small = await cite('alphas', 'records', { lt: { column: 'n', value: 10 } })
    const large = await cite('alphas', 'records', { gt: { column: 'n', value: 10 } })
    const rows = await cite('alphas', 'scaled_a')
    const ids = {
      dataset: dataset.citation.id,
      revised: records.a.citation.id,
      kept: records.b.citation.id,
      small: small.id,
      large: large.id,
      rows: rows.id,
    }
    const all = async () =>
      Object.fromEntries(await Promise.all(Object.entries(ids).map(async ([name, id]) => [name, await changesOf(id)])))
    const none = Object.fromEntries(Object.keys(ids).map((name) => [name, []]))
    expect(await all()).toEqual(none)

    // A new record changes nothing of what was cited, and neither does computing it.
    await publish('alphas', { later: 5 })
    expect(await all()).toEqual(none)

    const { revised } = await publish('alphas', { revised: 20 })
    await withdraw(archive, srns['retracted'] ?? '', 'RETRACTED')
    await ask('mutation ($input: CreateReleaseInput!) { createRelease(input: $input) { created } }', {
      input: { hook: 'scaled_a', release: scaled(2).release },
    })
    await compute(archive.database, { convention: 'alphas', records: [idOf(srns['kept'])] })
    await ended(archive.database, ++runs)
    await ask('mutation { setReleaseState(input: { hook: "scaled_a", version: 1, state: YANKED, reason: "wrong" }) { release { id } } }')
    const revision = `REVISED ${revised}`
    const retraction = `RETRACTED ${srns['retracted']}`
    const [computed, yanked] = ['RECOMPUTED scaled_a 2', 'YANKED scaled_a 1']
    expect(await all()).toEqual({
      dataset: [computed, retraction, revision, yanked].toSorted(),
      revised: [revision, yanked].toSorted(),
      kept: [`RECOMPUTED ${srns['kept']} scaled_a 2`, yanked].toSorted(),
      small: [retraction, revision].toSorted(),
      large: [],
      rows: [computed, retraction, revision, yanked].toSorted(),
    })

    // What is cited now is of the version that counts now.
    const again = await ask('query ($a: SRN!) { record(srn: $a) { citation { id text } } }', { a: srns['revised']?.replace('@1', '') })
    expect(again.record.citation.text).toContain(`Record ${revised}`)
    expect(await changesOf(again.record.citation.id)).toEqual([])

    // The cited rows are still what they were.
    const { citation } = await ask(
      'query ($id: ID!) { citation(id: $id) { removedRowCount rows(first: 10) { totalCount nodes { values record { srn } } } } }',
      { id: small.id },
    )
    expect(citation).toMatchObject({ removedRowCount: 0, rows: { totalCount: 3 } })
    expect(citation.rows.nodes.map(({ values }: { values: { n: number } }) => values.n).toSorted()).toEqual([1, 2, 3])

    const landing = await get(`/cite/${small.id}`)
    expect(landing).toMatchObject({ changeCount: 2, removedRowCount: 0 })
    expect(landing.changes.map(({ kind, record, release }: Record<string, unknown>) => [kind, record, release])).toEqual([
      ['RETRACTED', srns['retracted'], null],
      ['REVISED', revised, null],
    ])
    const manifest = await get(`/data/alphas/scaled_a.csv.meta.json?asOf=${encodeURIComponent(rows.asOf)}`)
    expect(manifest.changeCount).toBe(4)
    expect(manifest.changes[0]).toMatchObject({ kind: 'YANKED', record: null, release: { hook: 'scaled_a', version: 1 } })
  })

  test('a selection counts and names the records whose content was erased', async () => {
    await deploy('betas', 'b')
    const srns = await publish('betas', { kept: 1, removed: 2 })
    const records = await cite('betas', 'records')
    const rows = await cite('betas', 'scaled_b')
    const removed = srns['removed'] ?? ''
    await withdraw(archive, removed, 'REMOVED')
    for (const { id } of [records, rows]) {
      expect(await changesOf(id)).toEqual([`REMOVED ${removed}`])
      const { citation } = await ask(
        'query ($id: ID!) { citation(id: $id) { rowCount removedRowCount rows(first: 10) { totalCount nodes { record { srn } } } } }',
        { id },
      )
      expect(citation).toEqual({ rowCount: 2, removedRowCount: 1, rows: { totalCount: 1, nodes: [{ record: { srn: srns['kept'] } }] } })
      expect(await get(`/cite/${id}`)).toMatchObject({
        rowCount: 2,
        removedRowCount: 1,
        changeCount: 1,
        changes: [{ kind: 'REMOVED', record: removed }],
      })
    }
  })

  test('a record that was restored is as it was cited', async () => {
    await deploy('gammas', 'c')
    const srns = await publish('gammas', { one: 1 })
    const { id } = await cite('gammas', 'records')
    await withdraw(archive, srns['one'] ?? '', 'RETRACTED')
    expect(await changesOf(id)).toHaveLength(1)
    await restore(archive, srns['one'] ?? '')
    expect(await changesOf(id)).toEqual([])
  })
})

/** Of the first version, whose id is the record's. */
function idOf(srn: string | undefined): string {
  return srn?.split(':').at(-1)?.split('@')[0] ?? ''
}
