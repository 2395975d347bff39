import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ended } from '../provenance/compute.ts'
import { hookInput, manifestWithHooks } from '../runs/manifest.ts'
import { openArchive, topologies, type TestArchive } from '../support/index.ts'

const deployed = hookInput({ name: 'doubled' })
const table = (...columns: readonly object[]) => ({ table: { cardinality: 'MANY', columns } })
const release = (source: string, sourceRef = 'git:example@1') => ({ runtime: { module: { source } }, sourceRef })

describe.each(topologies)('the errors that an archive in %s gives an author', (topology) => {
  let archive: TestArchive
  beforeAll(async () => {
    archive = await openArchive(topology)
    await deploy(manifestWithHooks([deployed]))
    await ask('mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }', {
      input: {
        convention: 'numbers',
        source: { import: { sourceNode: 'here' } },
        records: [1, 2, 3].map((n) => ({ sourceId: `r${n}`, metadata: { n } })),
      },
    })
    await ended(archive.database, 1)
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  const deployment =
    'mutation ($input: DeployInput!) { deploy(input: $input) { changes { path summary } hooks { release { version } madeLive staleRecords missingRecords } } }'
  async function ask(query: string, variables?: Record<string, unknown>) {
    const { data, errors } = await archive.ask(query, variables)
    expect(errors).toEqual([])
    return data
  }
  const deploy = async (input: object) => (await ask(deployment, { input })).deploy
  const faultsOf = async (input: object) =>
    (await archive.ask(deployment, { input })).errors.map(({ message, extensions: { code, field } }) => ({ code, field, message }))

  test.each([false, true])('every fault of a manifest at once, each with its path (dry run: %s)', async (dryRun) => {
    const faults = await faultsOf({
      slug: 'No Slug',
      title: ' ',
      description: 'x',
      license: 'my own',
      dryRun,
      schema: {
        id: 'number',
        version: 'one',
        fields: [
          { name: 'Bad Name', type: 'TEXT', constraints: { min: 1, pattern: '(' } },
          { name: 'n', type: 'NUMBER', constraints: { min: 3, max: 1 } },
          { name: 'n', type: 'NUMBER' },
        ],
      },
      files: { acceptedTypes: ['??'], minCount: 5, maxCount: 3 },
      hooks: [
        // Its contract is fixed, its source does not parse, and its source ref floats.
        { ...deployed, feature: table({ name: 'value', type: 'TEXT' }), release: release('export default (', 'main') },
        {
          name: 'Worse',
          feature: table({ name: 'xmin', type: 'TEXT' }),
          release: {
            runtime: { module: { digest: `sha256:${'0'.repeat(64)}`, limits: { memory: '1', cpu: 'much', timeoutSeconds: 0 } } },
            sourceRef: 'x@1',
          },
        },
        {
          name: 'absent',
          feature: table({ name: 'a', type: 'TEXT' }),
          release: { runtime: { module: { digest: `sha256:${'0'.repeat(64)}` } }, sourceRef: 'x@1' },
        },
        { name: 'vocab', feature: { vocabulary: { vocabulary: 'keywords', field: 'word' } }, release: release('export default () => []') },
      ],
    })
    expect(faults.map(({ field }) => field).toSorted()).toEqual(
      [
        'input.slug',
        'input.title',
        'input.license',
        'input.schema.version',
        'input.schema.fields.0.name',
        'input.schema.fields.0.constraints.min',
        'input.schema.fields.0.constraints.pattern',
        'input.schema.fields.1.constraints.min',
        'input.schema.fields.2.name',
        'input.files.acceptedTypes.0',
        'input.files.maxCount',
        'input.hooks.0.feature',
        'input.hooks.0.release.runtime.module.source',
        'input.hooks.0.release.sourceRef',
        'input.hooks.1.name',
        'input.hooks.1.feature.table.columns.0.name',
        'input.hooks.1.release.runtime.module.limits.memory',
        'input.hooks.1.release.runtime.module.limits.cpu',
        'input.hooks.1.release.runtime.module.limits.timeoutSeconds',
        'input.hooks.2.release.runtime.module.digest',
        'input.hooks.3.feature.vocabulary',
      ].toSorted(),
    )
    for (const { message } of faults) expect(message).toMatch(/^\S.{15,}[.?]$/)
    expect(new Set(faults.map(({ code }) => code))).toEqual(new Set(['BAD_USER_INPUT', 'RESERVED_NAME', 'CONTRACT_MISMATCH']))
  })

  test('every difference from a schema version that has records', async () => {
    const faults = await faultsOf({
      ...manifestWithHooks([{ ...deployed, feature: table({ name: 'value', type: 'TEXT' }) } as never]),
      schema: {
        id: 'number',
        version: '1.0.0',
        fields: [
          { name: 'n', type: 'NUMBER', required: false },
          { name: 'm', type: 'TEXT' },
        ],
      },
    })
    expect(faults).toMatchObject([
      {
        code: 'CONFLICT',
        field: 'input.schema.version',
        message: expect.stringContaining('"n" has a different type and a different required; "m" is new'),
      },
      { code: 'CONTRACT_MISMATCH', field: 'input.hooks.0.feature' },
    ])
  })

  test('the values that an enum has', async () => {
    const schema = {
      id: 'x',
      version: '1.0.0',
      fields: [
        { name: 'a', type: 'STRING' },
        { name: 'b', type: 'STRNG' },
      ],
    }
    const inVariables = await faultsOf({ ...manifestWithHooks([]), schema })
    expect(inVariables.map(({ field }) => field)).toEqual(['input.schema.fields.0.type', 'input.schema.fields.1.type'])
    const { errors } = await archive.ask(
      'mutation { deploy(input: { slug: "xxx", title: "x", description: "x", schema: { id: "x", version: "1.0.0", fields: [{ name: "a", type: STRING }, { name: "b", type: "TEXT" }] } }) { created } }',
    )
    expect(errors.map(({ extensions }) => extensions.field)).toEqual(['input.schema.fields.0.type', 'input.schema.fields.1.type'])
    for (const { message } of [...inVariables, ...errors])
      expect(message).toContain('Allowed are TEXT, NUMBER, INTEGER, BOOLEAN, DATE, DATETIME, URL, TERM.')
  })

  test('the paths of literals that do not fit', async () => {
    const { errors } = await archive.ask(
      'mutation { deploy(input: { slug: "xxx", titel: "x", description: 1, hooks: [{ name: "a" }] }) { created } }',
    )
    expect(errors.map(({ extensions }) => extensions.field).toSorted()).toEqual([
      'input.description',
      'input.hooks.0.feature',
      'input.hooks.0.release',
      'input.schema',
      'input.titel',
      'input.title',
    ])
  })

  test.each([
    ['the filter of rows', 'rows(convention: "numbers", table: "doubled", filter: { eq: { column: "valu", value: 1 } }) { totalCount }'],
    ['the order of rows', 'rows(convention: "numbers", table: "doubled", orderBy: [{ column: "valu" }]) { totalCount }'],
    [
      'the measures of an aggregate',
      'aggregate(convention: "numbers", table: "doubled", measures: [{ op: SUM, column: "valu" }]) { measures }',
    ],
    [
      'the groups of an aggregate',
      'aggregate(convention: "numbers", table: "doubled", groupBy: ["valu"], measures: [{ op: COUNT }]) { measures }',
    ],
    ['a histogram', 'histogram(convention: "numbers", table: "doubled", column: "valu") { nulls }'],
  ])('the columns that there are, by %s', async (_, field) => {
    const { errors } = await archive.ask(`{ ${field} }`)
    expect(errors[0]?.message).toContain('The table "doubled" has no column "valu"; its columns are "value", "word". Did you mean "value"?')
  })

  test('the columns that there are, by a download and by a record', async () => {
    const download = await (await fetch(`${archive.url}/data/numbers/doubled.csv?columns=valeu`)).text()
    expect(JSON.parse(download).errors[0].message).toContain('its columns are "value", "word"')
    const { publishRecords } = await ask(
      'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { results { findings { message } } } }',
      {
        input: {
          convention: 'numbers',
          source: { import: { sourceNode: 'here' } },
          records: [{ sourceId: 'odd', metadata: { n: 1, m: 2 } }],
        },
      },
    )
    expect(publishRecords.results[0].findings[0].message).toContain('has no field "m"; its fields are "n".')
  })

  test('how many records a new hook and a new live release leave missing or stale', async () => {
    const second = hookInput({ name: 'doubled', source: 'export default ({ record }) => [{ value: record.metadata.n * 3 }]' })
    const other = hookInput({ name: 'tripled' })
    const said = { doubled: expect.stringContaining('This leaves 3 stale'), tripled: expect.stringContaining('This leaves 3 missing') }
    const changes = expect.arrayContaining([
      { path: 'hooks.doubled.live', summary: said.doubled },
      { path: 'hooks.tripled.live', summary: said.tripled },
    ])
    expect(await deploy({ ...manifestWithHooks([second, other]), dryRun: true })).toMatchObject({ changes })
    expect(await deploy(manifestWithHooks([second, other]))).toMatchObject({
      changes,
      hooks: [
        { release: { version: 2 }, madeLive: true, staleRecords: 3, missingRecords: 0 },
        { release: { version: 1 }, madeLive: true, staleRecords: 0, missingRecords: 3 },
      ],
    })
    expect(await ask('mutation { setLive(input: { hook: "doubled", version: 1 }) { staleRecords missingRecords } }')).toEqual({
      setLive: { staleRecords: 0, missingRecords: 0 },
    })
    const third = { hook: 'doubled', release: hookInput({ source: 'export default () => [{ value: 3 }]' }).release }
    expect(
      await ask('mutation ($input: CreateReleaseInput!) { createRelease(input: $input) { madeLive staleRecords missingRecords } }', {
        input: third,
      }),
    ).toEqual({
      createRelease: { madeLive: true, staleRecords: 3, missingRecords: 0 },
    })
  })

  test('in a hook’s own terms, what its result lacks', async () => {
    const hooks = [
      [
        'one_for_many',
        'export default () => ({ value: 1 })',
        'The hook returned one object, but its cardinality is MANY: return a list of rows',
      ],
      ['misspelt', 'export default () => [{ valeu: 1 }]', 'Row 1 has no "value", which is required; it has "valeu".'],
      [
        'unknown',
        'export default () => [{ value: 1, extra: 2 }]',
        'Row 1 has "extra", which is not a column of this hook; its columns are "value", "word".',
      ],
      ['fetching', 'export default async () => { await fetch("https://example.org") }', 'a hook has no network'],
    ] as const
    const before = (await archive.database.pool.query('select 1 from hook_run where finished_at is not null')).rowCount ?? 0
    await deploy({ ...manifestWithHooks(hooks.map(([name, source]) => hookInput({ name, source }))), slug: 'faulty' })
    await ask('mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }', {
      input: { convention: 'faulty', source: { import: { sourceNode: 'here' } }, records: [{ sourceId: 'one', metadata: { n: 1 } }] },
    })
    await ended(archive.database, before + hooks.length)
    const { records } = await ask('{ records(convention: "faulty") { nodes { outcomes { hook { name } status reason } } } }')
    const reasons = new Map(
      records.nodes[0].outcomes.map(({ hook, reason }: { hook: { name: string }; reason: string }) => [hook.name, reason]),
    )
    for (const [name, , reason] of hooks) expect([name, reasons.get(name)]).toEqual([name, expect.stringContaining(reason)])
  })
})
