import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/index.ts'
import { deployInput, hookInput, moduleRelease, pockets, registryOn } from './registry.ts'

test('a deploy makes the hook, its release, its table and its pointer at once', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  const { hooks, changes } = await registry.deploy(deployInput())
  expect(hooks).toMatchObject([{ hook: 'find_pockets', release: { version: 1 }, created: true, madeLive: true }])
  expect(changes.map(({ path }) => path)).toEqual([
    'schema',
    'convention',
    'hooks.find_pockets',
    'hooks.find_pockets.release',
    'hooks.find_pockets.live',
  ])
  const columns = await database.pool.query(
    `select column_name, data_type, is_nullable from information_schema.columns where table_schema = 'features' order by ordinal_position`,
  )
  expect(columns.rows).toEqual([
    { column_name: '_run', data_type: 'uuid', is_nullable: 'NO' },
    { column_name: '_record', data_type: 'uuid', is_nullable: 'NO' },
    { column_name: '_ordinal', data_type: 'integer', is_nullable: 'NO' },
    { column_name: '_version', data_type: 'integer', is_nullable: 'NO' },
    { column_name: 'score', data_type: 'double precision', is_nullable: 'NO' },
  ])
  const foreignKeys = await database.pool.query(
    `select confrelid::regclass::text as refers_to from pg_constraint where contype = 'f' and conrelid = 'features.find_pockets'::regclass`,
  )
  expect(foreignKeys.rows).toEqual([{ refers_to: 'hook_run' }])
  const insert = `insert into features.find_pockets values (gen_random_uuid(), gen_random_uuid(), 0, 1, 0.5)`
  await expect(database.pool.query(insert)).rejects.toThrow('no row can come from it')
})

test('deploying the same manifest twice changes nothing, even twenty times at once', async () => {
  await using database = await createTestDatabase({ poolSize: 20 })
  const registry = registryOn(database)
  const first = await Promise.all(Array.from({ length: 20 }, () => registry.deploy(deployInput())))
  expect(first.filter(({ created }) => created)).toHaveLength(1)
  expect(first.filter(({ changes }) => changes.length > 0)).toHaveLength(1)
  const { changes, hooks } = await registry.deploy(deployInput())
  expect(changes).toEqual([])
  expect(hooks).toMatchObject([{ created: false, madeLive: false }])
  const events = await database.pool.query('select count(*)::int as count from pointer_event')
  expect(events.rows).toEqual([{ count: 1 }])
})

test('deploying an older artifact makes it live again, and the log says so', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  for (const n of [1, 2, 1]) await registry.deploy(deployInput({ hooks: [hookInput(n)] }))
  const [log = expect.fail()] = await registry.queries.pointerPages([{ of: 'find_pockets' as never, page: { first: 10 } }])
  const versions = await Promise.all(log.items.map(async ({ to }) => (await registry.queries.releases([to]))[0]?.version))
  expect(versions).toEqual([1, 2, 1])
  expect(await registry.queries.releaseCounts(['find_pockets' as never])).toEqual([2])
})

test('a deploy that fails halfway leaves nothing behind, including tables', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  const hooks = [hookInput(1), hookInput(1, { name: 'second' })]
  let made = 0
  const breaking = registry.deployWith(deployInput({ hooks }), {
    featureTables: {
      async ensure(name) {
        await database.pool.query('select 1')
        if (++made === 2) throw new Error(`the disk is full at ${name}`)
      },
    },
  })
  await expect(breaking).rejects.toThrow('the disk is full')
  for (const table of ['convention', 'schema_version', 'hook', 'hook_release', 'pointer_event', 'outbox', 'module_source']) {
    expect((await database.pool.query(`select 1 from ${table}`)).rowCount, table).toBe(0)
  }
  expect((await database.pool.query(`select 1 from pg_tables where schemaname = 'features'`)).rowCount).toBe(0)
  await registry.deploy(deployInput({ hooks }))
})

test('a table made in a deploy that fails afterwards is gone with it', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  const tooLate = { append: () => Promise.resolve() }
  const hooks = [hookInput(1), hookInput(1, { name: 'second', feature: { table: { cardinality: 'ONE', columns: [] } } })]
  await expect(registry.deployWith(deployInput({ hooks }), { outbox: tooLate })).rejects.toThrow('at least one column')
  await database.pool.query('create table features.second (other text)')
  const clash = registry.deploy(deployInput({ hooks: [hookInput(1), hookInput(1, { name: 'second', feature: badlyTyped })] }))
  await expect(clash).rejects.toThrow(/features.second.other/)
  expect((await database.pool.query(`select tablename from pg_tables where schemaname = 'features'`)).rows).toEqual([
    { tablename: 'second' },
  ])
  expect((await database.pool.query('select 1 from hook')).rowCount).toBe(0)
})

const badlyTyped = { table: { cardinality: 'MANY', columns: [{ name: 'other', type: 'NUMBER', required: true }] } }

test('a dry run reports the changes and makes none', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  const dry = await registry.deploy(deployInput({ dryRun: true }))
  expect(dry).toMatchObject({ convention: undefined, created: true, hooks: [] })
  expect(dry.changes).toHaveLength(5)
  expect((await database.pool.query('select 1 from hook')).rowCount).toBe(0)
  await registry.deploy(deployInput())
  const next = await registry.deploy(deployInput({ dryRun: true, hooks: [hookInput(2)] }))
  expect(next.changes.map(({ summary }) => summary)).toEqual([
    'Release 2 of "find_pockets".',
    'Live release of "find_pockets" from 1 to 2.',
  ])
  expect(await registry.queries.releaseCounts(['find_pockets' as never])).toEqual([1])
})

test('a licence is set, changed and removed independently, and an invalid one is refused', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  const withLicense = async (license: string | null | undefined, more: object = {}) => {
    const { convention, changes } = await registry.deploy(deployInput({ ...(license === undefined ? {} : { license }), ...more }))
    return [convention?.license, ...changes.map(({ path, kind, summary }) => `${path} ${kind} ${summary}`)]
  }
  expect(await withLicense('CC-BY-4.0', { dryRun: true })).toEqual([undefined, 'license CREATED Licence "CC-BY-4.0".'])
  expect(await withLicense('CC-BY-4.0')).toEqual(['CC-BY-4.0', 'license CREATED Licence "CC-BY-4.0".'])
  expect(await withLicense(' CC-BY-4.0 ')).toEqual(['CC-BY-4.0'])
  expect(await withLicense('https://example.org/terms')).toEqual([
    'https://example.org/terms',
    'license UPDATED Licence from "CC-BY-4.0" to "https://example.org/terms".',
  ])
  await expect(withLicense('CC-BY')).rejects.toMatchObject({
    field: 'input.license',
    message: expect.stringContaining('Did you mean "CC-BY-4.0"?'),
  })
  expect(await withLicense(null)).toEqual([
    undefined,
    'license REMOVED Licence "https://example.org/terms" removed; the terms of use are no longer stated.',
  ])
  expect(await withLicense(undefined)).toEqual([undefined])
})

test('another output contract is refused, with the difference in words; documentation may change', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  const withColumns = (columns: object[], cardinality = 'MANY') =>
    registry.deploy(deployInput({ hooks: [hookInput(1, { feature: { table: { cardinality, columns } } })] }))
  const cases: [object[], string, string][] = [
    [[{ name: 'rank', type: 'NUMBER', required: true }], 'MANY', 'column "score" is missing; column "rank" is new'],
    [[{ name: 'score', type: 'TEXT', required: true }], 'MANY', 'column "score" was NUMBER and is TEXT'],
    [[{ name: 'score', type: 'NUMBER', required: false }], 'MANY', 'column "score" was required and is optional'],
    [[{ name: 'score', type: 'NUMBER', required: true }], 'ONE', 'cardinality was MANY and is ONE'],
  ]
  for (const [columns, cardinality, words] of cases) {
    await expect(withColumns(columns, cardinality)).rejects.toMatchObject({
      code: 'CONTRACT_MISMATCH',
      field: 'input.hooks.0.feature',
      message: expect.stringContaining(words),
    })
  }
  const other = { vocabulary: { vocabulary: 'walls', field: 'pdb_id' } }
  await expect(registry.deploy(deployInput({ hooks: [hookInput(1, { feature: other })] }))).rejects.toMatchObject({
    code: 'CONTRACT_MISMATCH',
    message: expect.stringContaining('it produced a table and now a vocabulary'),
  })
  const { changes } = await withColumns([{ name: 'score', type: 'NUMBER', required: true, unit: 'kcal/mol', description: 'Druggability' }])
  expect(changes).toEqual([{ path: 'hooks.find_pockets.feature', kind: 'UPDATED', summary: 'Descriptions and units of "find_pockets".' }])
})

test('a hook that another convention uses moves only with allowShared', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  const elsewhere = { slug: 'enzymes', title: 'Enzymes' }
  await registry.deploy(deployInput(elsewhere))
  const move = deployInput({ ...elsewhere, hooks: [hookInput(2)] })
  await expect(registry.deploy(move)).rejects.toMatchObject({
    code: 'CONFLICT',
    field: 'input.hooks.0.release',
    message: expect.stringContaining('"proteins" also uses'),
  })
  const { hooks } = await registry.deploy({ ...move, allowShared: true })
  expect(hooks).toMatchObject([{ release: { version: 2 }, madeLive: true }])
})

test('a hook that is no longer in the manifest stays, with everything it made', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  const { convention, changes } = await registry.deploy(deployInput({ hooks: [] }))
  expect(convention?.hooks).toEqual([])
  expect(changes).toMatchObject([{ path: 'hooks.find_pockets', kind: 'REMOVED' }])
  expect((await registry.queries.hooks(['find_pockets']))[0]).toMatchObject({ name: 'find_pockets' })
})

test('invalid, reserved and duplicate names are refused with their path', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  const withName = (name: string) => registry.deploy(deployInput({ hooks: [hookInput(1, { name })] }))
  await expect(withName('records')).rejects.toMatchObject({ code: 'RESERVED_NAME', field: 'input.hooks.0.name' })
  for (const name of ['Find', '1st', 'a-b', 'a'.repeat(41), 'a"; drop table hook; --', '__proto__', '']) {
    await expect(withName(name)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.hooks.0.name' })
  }
  const twice = registry.deploy(deployInput({ hooks: [hookInput(1), hookInput(1)] }))
  await expect(twice).rejects.toMatchObject({ field: 'input.hooks.1.name' })
})

test('names of the maximum length never collide', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  const base = 'a'.repeat(39)
  const column = 'c'.repeat(62)
  const feature = {
    table: { cardinality: 'MANY', columns: ['x', 'y'].map((end) => ({ name: column + end, type: 'NUMBER', required: true })) },
  }
  const hooks = ['x', 'y'].map((end) => hookInput(1, { name: base + end, feature }))
  await registry.deploy(deployInput({ hooks }))
  const { rows } = await database.pool.query(`select tablename, indexname from pg_indexes where schemaname = 'features' order by 1, 2`)
  // Each has a key, one over records and two over columns.
  expect(new Set(rows.map(({ indexname }) => indexname)).size).toBe(8)
  expect(new Set(rows.map(({ tablename }) => tablename))).toEqual(new Set([`${base}x`, `${base}y`]))
})

test('a tag without a digest, a source with another digest, and a placeholder as source ref are refused', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  const withRelease = (release: object) => registry.deploy(deployInput({ hooks: [hookInput(1, { release })] }))
  const sourceRef = 'git:example@1'
  const digest = `sha256:${'a'.repeat(64)}`
  await expect(withRelease({ runtime: { oci: { image: 'pockets:latest', digest: '' } }, sourceRef })).rejects.toMatchObject({
    field: 'input.hooks.0.release.runtime.oci.digest',
    message: expect.stringContaining('a tag can be moved'),
  })
  await expect(withRelease({ runtime: { module: { source: 'export default 1', digest } }, sourceRef })).rejects.toMatchObject({
    field: 'input.hooks.0.release.runtime.module.digest',
  })
  await expect(withRelease({ runtime: { module: { digest } }, sourceRef })).rejects.toThrow('No module with the digest')
  for (const bad of ['', '  ', 'unknown', 'UNKNOWN', 'none', 'a\u0000b']) {
    await expect(withRelease({ ...moduleRelease(1), sourceRef: bad })).rejects.toMatchObject({ field: 'input.hooks.0.release.sourceRef' })
  }
  const oci = { runtime: { oci: { image: 'registry.example.org/lab/pockets:1.2', digest } }, sourceRef }
  const { hooks } = await withRelease(oci)
  expect(hooks[0]?.release.runtime).toEqual({
    type: 'oci',
    image: 'registry.example.org/lab/pockets:1.2',
    digest,
    config: {},
    limits: { timeoutSeconds: 300, memory: '512Mi', cpu: '0.5' },
  })
})

test('a vocabulary hook is refused, and so is a TERM field: without vocabularies, neither would be checked against anything', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  const feature = { vocabulary: { vocabulary: 'folds', field: 'pdb_id' } }
  await expect(registry.deploy(deployInput({ hooks: [hookInput(1), hookInput(1, { name: 'classify', feature })] }))).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    field: 'input.hooks.1.feature.vocabulary',
    message: expect.stringContaining('"classify" would never run'),
  })
  const { schema } = deployInput()
  const term = { name: 'fold', type: 'TERM', required: false, cardinality: 'ONE' }
  for (const constraints of [undefined, { vocabulary: 'folds' }]) {
    for (const dryRun of [true, false]) {
      const input = deployInput({ dryRun, schema: { ...schema, fields: [...schema.fields, { ...term, constraints }] } })
      await expect(registry.deploy(input)).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        field: `input.schema.fields.${schema.fields.length}.type`,
        message: expect.stringContaining('declare it as TEXT'),
      })
    }
  }
  for (const table of ['hook', 'convention', 'schema_version'])
    expect((await database.pool.query(`select 1 from ${table}`)).rowCount, table).toBe(0)
})

test('a convention whose schema has a TERM field from an earlier version can still be deployed', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  await database.pool.query(`insert into schema_version (id, version, title, fields, created_by)
    select id, '9.0.0', title, '[{"name":"fold","type":"TERM","required":true,"cardinality":"ONE","examples":[]}]', created_by from schema_version`)
  const { schema } = deployInput()
  const fields = [{ name: 'fold', type: 'TERM', required: true, cardinality: 'ONE' }]
  const { changes } = await registry.deploy(deployInput({ schema: { ...schema, version: '9.0.0', fields } }))
  expect(changes).toMatchObject([{ path: 'schema', kind: 'UPDATED' }])
})

test('the table of a hook is created once, even if its deploy is repeated', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput())
  await registry.deploy(deployInput({ slug: 'enzymes', hooks: [hookInput(1, { feature: pockets })] }))
  expect((await database.pool.query(`select 1 from pg_tables where schemaname = 'features'`)).rowCount).toBe(1)
})
