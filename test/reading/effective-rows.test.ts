import { parseHookName } from '@strata/domain/shared'
import * as postgres from '@strata/infrastructure/postgres'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deployInput, hookInput, moduleRelease, registryOn, type Registry } from '../registry/registry.ts'
import { createTestDatabase, type TestDatabase } from '../support/index.ts'
import { manifest } from '../support/manifest.ts'
import { useCasesOn } from '../support/use-cases.ts'
import { settleRun, type Said } from './settle-run.ts'

const hook = parseHookName('find_pockets')
const convention = manifest().slug
const records = 6

/** What happens to a hook, one after the other. */
type Step =
  | { readonly do: 'release'; readonly promote: boolean }
  | { readonly do: 'setLive' | 'yank' | 'deprecate'; readonly version: number }
  | { readonly do: 'run'; readonly version: number; readonly results: readonly (readonly [record: number, said: Said])[] }

const version = fc.integer({ min: 1, max: 4 })
const said: fc.Arbitrary<Said> = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.tuple(fc.integer({ min: 0, max: 9 })), { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant({ status: 'REJECTED' as const, reason: 'no' }) },
  { weight: 1, arbitrary: fc.constant({ status: 'ERRORED' as const, reason: 'oh', retryable: false }) },
)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), promote: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('setLive' as const, 'yank' as const, 'deprecate' as const), version }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('run' as const),
      version,
      results: fc.uniqueArray(fc.tuple(fc.nat(records - 1), said), { minLength: 1, selector: ([record]) => record }),
    }),
  },
)

/** The rule as DESIGN words it, over plain lists: what the archive should say, found the slow way. */
function oracle() {
  const releases: { version: number; state: string; live: boolean }[] = []
  const winners = new Map<string, Said>()
  return {
    releases,
    add(live: boolean) {
      if (live) for (const release of releases) release.live = false
      releases.push({ version: releases.length + 1, state: 'ACTIVE', live })
    },
    run(v: number, record: number, what: Said) {
      const winner = winners.get(`${v}/${record}`)
      if (winner === undefined || isError(winner)) winners.set(`${v}/${record}`, what)
    },
    answer() {
      const ranked = releases
        .filter(({ state }) => state !== 'YANKED')
        .toSorted((a, b) => Number(b.live) - Number(a.live) || b.version - a.version)
      const rows: [number, number, number, boolean][] = []
      const coverage = { records: BigInt(records), fresh: 0n, stale: 0n, empty: 0n, rejected: 0n, errored: 0n, missing: 0n }
      for (let record = 0; record < records; record += 1) {
        const by = ranked.find((release) => winners.has(`${release.version}/${record}`))
        const what = winners.get(`${by?.version}/${record}`)
        if (by === undefined || what === undefined) coverage.missing += 1n
        else coverage[by.live ? nameOf(what) : 'stale'] += 1n
        if (by !== undefined && isRows(what)) for (const [score = 0] of what) rows.push([record, by.version, score, !by.live])
      }
      return { rows: rows.toSorted(), coverage }
    },
  }
}

const isRows = (what: Said | undefined): what is readonly (readonly number[])[] => Array.isArray(what)
const isError = (what: Said) => !isRows(what) && what.status === 'ERRORED'
const nameOf = (what: Said) =>
  isRows(what) ? (what.length === 0 ? 'empty' : 'fresh') : what.status === 'REJECTED' ? 'rejected' : 'errored'

/** Before the live release had a result of the record, another one's counted. */
const laterResultOfTheLive: Step[] = [
  { do: 'release', promote: false },
  { do: 'run', version: 2, results: [[0, [[0]]]] },
  { do: 'run', version: 1, results: [[0, { status: 'REJECTED', reason: 'no' }]] },
]

test('the effective rows and their number, now and at any time, match the rule applied to each record', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      await using database = await createTestDatabase()
      const registry = registryOn(database)
      await registry.deploy(deployInput({ hooks: [hookInput(1)] }))
      const ids = await publish(database)
      const expected = oracle()
      expected.add(true)
      const past: { at: Date; answer: ReturnType<typeof expected.answer> }[] = []
      for (const one of steps) {
        await perform(database, registry, one, ids, expected)
        const answer = expected.answer()
        expect(await archiveSays(database, ids)).toEqual(answer)
        past.push({ at: await passedInstant(database), answer })
      }
      for (const { at, answer } of past) expect((await archiveSays(database, ids, at)).rows).toEqual(answer.rows)
    }),
    { numRuns: 8, examples: [[laterResultOfTheLive]] },
  )
})

test('if a release computes a record twice, only the first rows are stored', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput({ hooks: [hookInput(1)] }))
  const ids = await publish(database)
  const releaseId = (await registry.queries.releaseOf(hook, 1))?.id ?? ''
  const [record = ''] = ids
  await settleRun(database, { convention, hook, releaseId, results: new Map([[record, [[1]]]]) })
  await settleRun(database, {
    convention,
    hook,
    releaseId,
    results: new Map([
      [record, [[2], [3]]],
      [ids[1] ?? '', [[4]]],
    ]),
  })
  const { rows } = await database.pool.query(`select score, _version from features.${hook} order by score`)
  expect(rows).toEqual([
    { score: 1, _version: 1 },
    { score: 4, _version: 1 },
  ])
  const runs = await database.pool.query('select row_count::int from hook_run order by id')
  expect(runs.rows).toEqual([{ row_count: 1 }, { row_count: 3 }])
})

test('a row cannot name another version than its run has', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput({ hooks: [hookInput(1)] }))
  const [record = ''] = await publish(database)
  const releaseId = (await registry.queries.releaseOf(hook, 1))?.id ?? ''
  const run = await settleRun(database, { convention, hook, releaseId, results: new Map([[record, []]]) })
  const insert = database.pool.query(`insert into features.${hook} (_run, _record, _ordinal, _version, score) values ($1, $2, 0, 2, 1)`, [
    run,
    record,
  ])
  await expect(insert).rejects.toThrow(`There is no run ${run} of version 2`)
})

async function perform(
  database: postgres.Database,
  registry: Registry,
  one: Step,
  ids: readonly string[],
  expected: ReturnType<typeof oracle>,
) {
  if (one.do === 'release') {
    await registry.release(hook, moduleRelease(expected.releases.length + 1), one.promote)
    return expected.add(one.promote)
  }
  const release = expected.releases.find((each) => each.version === one.version)
  if (release === undefined) return
  switch (one.do) {
    case 'setLive':
      if (release.state !== 'ACTIVE') return
      await registry.setLive(hook, release.version)
      for (const each of expected.releases) each.live = each === release
      return
    case 'yank':
    case 'deprecate':
      if (release.live || release.state === 'YANKED') return
      release.state = one.do === 'yank' ? 'YANKED' : 'DEPRECATED'
      return void (await registry.setState(hook, release.version, one.do === 'yank' ? 'YANKED' : 'DEPRECATED'))
    case 'run': {
      const releaseId = (await registry.queries.releaseOf(hook, release.version))?.id ?? ''
      const results = new Map(one.results.map(([record, what]) => [ids[record] ?? '', what]))
      await settleRun(database, { convention, hook, releaseId, results })
      for (const [record, what] of one.results) expected.run(release.version, record, what)
      return
    }
    default:
      one satisfies never
  }
}

async function archiveSays({ reader }: TestDatabase, ids: readonly string[], asOf?: Date) {
  const plan = await postgres.readEffective(reader, { hook, convention, asOf })
  const [rows, joined] = await Promise.all((['row by row', 'joined'] as const).map((lookup) => rowsThatCount(reader, plan, lookup)))
  if (rows === undefined) throw new Error('nothing was asked')
  expect(joined?.toSorted(byRow)).toEqual(rows.toSorted(byRow))
  const kept = (await postgres.keptCoverage(reader, [convention])).get(`${convention}/${hook}`)
  if (asOf === undefined && kept !== undefined) expect(kept.rows).toBe(BigInt(rows.length))
  const nothing = { records: BigInt(ids.length), fresh: 0n, stale: 0n, empty: 0n, rejected: 0n, errored: 0n, missing: BigInt(ids.length) }
  return {
    rows: rows.map(({ _record, _version, score, stale }) => [ids.indexOf(_record), _version, score, stale]).toSorted(),
    coverage: kept?.coverage ?? nothing,
  }
}

interface CountingRow {
  readonly _record: string
  readonly _version: number
  readonly score: number
  readonly stale: boolean
}

async function rowsThatCount(
  { pool, kysely }: postgres.Database,
  plan: postgres.EffectiveRows,
  lookup: postgres.Lookup,
): Promise<readonly CountingRow[]> {
  const stale = postgres.isStaleRow(plan, 'made').compile(kysely)
  const counts = postgres.isEffectiveRow(plan, 'made', lookup).compile(kysely)
  const { rows } = await pool.query<CountingRow>(
    `select _record, _version, score, ${stale.sql} as stale from features.${hook} made where ${counts.sql}`,
    [...counts.parameters],
  )
  return rows
}

function byRow(a: CountingRow, b: CountingRow): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1
}

/** A time after everything so far, and before everything to come. */
async function passedInstant({ reader }: TestDatabase): Promise<Date> {
  const done = Date.now()
  for (;;) {
    const at = await postgres.stableInstant(reader)
    if (at.getTime() > done) return at
  }
}

async function publish(database: postgres.Database): Promise<readonly string[]> {
  const inputs = Array.from({ length: records }, (_each, n) => ({ sourceId: String(n), metadata: { pdb_id: `${n}abc` } }))
  const results = await useCasesOn(database)
    .as('test')
    .publish({ convention, origin: { type: 'import', sourceNode: 'here' }, records: inputs })
  return results.map((result) => {
    if (result.status === 'INVALID') throw new Error(JSON.stringify(result))
    return result.id
  })
}
