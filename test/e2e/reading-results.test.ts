import { describe, expect, test } from 'vitest'
import { archiveOfThings, deploy } from '../reading/archive-of-things.ts'
import { things, told } from '../reading/things.ts'
import { topologies } from '../support/index.ts'

describe.each(topologies)('the results of hooks, as analysts read them, in %s', (topology) => {
  const { ask, published, read, names, refusal, srn } = archiveOfThings(topology)

  test('a row is found by its id', async () => {
    const row = 'query ($id: ID!) { row(id: $id) { id values stale run { id } record { srn } } }'
    const [ofRecord] = (await read({ first: 1 })).nodes
    const [ofHook] = (await read({ table: 'parts', first: 1 })).nodes
    expect((await ask(row, { id: ofRecord.id })).data.row).toMatchObject({
      values: ofRecord.values,
      run: null,
      record: { srn: ofRecord.id },
    })
    expect((await ask(row, { id: ofHook.id })).data.row).toMatchObject({ id: ofHook.id, values: ofHook.values, stale: false })
    expect((await ask(row, { id: ofHook.id.replace(/\d+$/, '77') })).data.row).toBe(null)
    expect(await refusal(row, { id: 'nonsense' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'id' })
  })

  test('a record says what each hook made of it, and has its rows', async () => {
    const asked = `{ records { nodes { srn metadata outcomes { hook { name } status rowCount stale reason at run { status } release { version } }
      features(hook: "parts") { id values stale hook { name } run { id } record { srn } } } } }`
    const { data, errors } = await ask(asked)
    expect(errors).toEqual([])
    const bySrn = new Map(data.records.nodes.map((node: { srn: string }) => [node.srn, node]))
    expect(bySrn.get(srn(0))).toMatchObject({
      outcomes: [
        {
          hook: { name: 'parts' },
          status: 'PASSED',
          rowCount: 2,
          stale: false,
          reason: null,
          run: { status: 'PASSED' },
          release: { version: 1 },
        },
        { hook: { name: 'grade' }, rowCount: 1 },
      ],
      features: [{ values: { label: 'ring' }, hook: { name: 'parts' }, record: { srn: srn(0) } }, { values: { label: 'arm' } }],
    })
    expect(bySrn.get(srn(3))).toMatchObject({ outcomes: [{ status: 'EMPTY', rowCount: 0 }, { status: 'EMPTY' }], features: [] })
    expect(await refusal('{ records { nodes { features(hook: "part") { id } } } }', {})).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('Did you mean "parts"?'),
    })
  })

  test('rows of an older release are stale until a backfill, and stay readable by version and with asOf', async () => {
    const before = new Date().toISOString()
    const hooks = things.hooks.map((hook) => ({
      ...hook,
      release: { ...hook.release, runtime: { module: { ...hook.release.runtime.module, config: { again: true } } } },
    }))
    expect((await ask(deploy, { input: { ...things, hooks } })).errors).toEqual([])
    expect((await read({ table: 'grade' })).nodes.map((row: { stale: boolean }) => row.stale)).toEqual([true, true])
    await published([{ name: 'eye', grade_told: told([{ score: 0.3 }]) }])

    const versions = async (variables: object) =>
      (await read({ table: 'grade', ...variables })).nodes.map(
        (row: { run: { release: { version: number } }; stale: boolean }) => `v${row.run.release.version} ${row.stale}`,
      )
    expect(await versions({})).toEqual(['v1 true', 'v1 true', 'v2 false'])
    expect(await versions({ release: 1 })).toEqual(['v1 true', 'v1 true'])
    expect(await versions({ release: 2 })).toEqual(['v2 false'])
    expect(await versions({ asOf: before })).toEqual(['v1 false', 'v1 false'])
    expect(await names({ asOf: before, filter: { gte: { column: 'grade.score', value: 0 } } })).toEqual(['anchor', 'bolt'])
    expect((await read({ asOf: before })).totalCount).toBe(4)
    const { data } = await ask(
      '{ dataset(convention: "things") { tables { name rowCount coverage { records fresh stale empty missing } } } }',
    )
    expect(data.dataset.tables[2]).toMatchObject({
      name: 'grade',
      rowCount: 3,
      coverage: { records: 5, fresh: 1, stale: 4, empty: 0, missing: 0 },
    })
    const asked =
      'query ($srn: SRN!, $asOf: DateTime) { record(srn: $srn) { outcomes { status stale staleBecause } features(hook: "grade", asOf: $asOf) { stale } } }'
    expect((await ask(asked, { srn: srn(0) })).data.record).toMatchObject({
      outcomes: [{ stale: true, staleBecause: expect.stringContaining('release 2 is live') }, { stale: true }],
      features: [{ stale: true }],
    })
    expect((await ask(asked, { srn: srn(0), asOf: before })).data.record.features).toEqual([{ stale: false }])
  })
})
