import { diffReleases } from '@strata/domain/provenance'
import type { PublishInput, PublishResult } from '@strata/domain/record'
import { parseHookName } from '@strata/domain/shared'
import * as postgres from '@strata/infrastructure/postgres'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deployInput, hookInput, moduleRelease, registryOn, type Registry } from '../registry/registry.ts'
import { createTestDatabase, type TestDatabase } from '../support/index.ts'
import { manifest } from '../support/manifest.ts'
import { useCasesOn } from '../support/use-cases.ts'
import { giveBack, takeBack } from '../versions/taking-back.ts'
import { archiveSays, touchedSay } from './archive-says.ts'
import { passedInstant } from './passed-instant.ts'
import { settleRun, type Said } from './settle-run.ts'
import { versionsOracle } from './versions-oracle.ts'

const hook = parseHookName('find_pockets')
const convention = manifest().slug
/** Has the same hook and the same schema, so its rows are in the same tables. */
const other = 'others'
const records = 5

/** What happens to a hook and to records, one after the other. */
type Step =
  | { readonly do: 'release'; readonly promote: boolean }
  | { readonly do: 'setLive' | 'yank' | 'deprecate'; readonly version: number }
  | { readonly do: 'revise' | 'takeBack' | 'giveBack'; readonly record: number }
  | {
      readonly do: 'run'
      readonly version: number
      readonly results: readonly (readonly [record: number, said: Said, age: number])[]
      /** Published, taken back or restored after the run began and before it ends. */
      readonly meanwhile: readonly Extract<Step, { readonly record: number }>[]
    }

const version = fc.integer({ min: 1, max: 4 })
const said: fc.Arbitrary<Said> = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.tuple(fc.integer({ min: 0, max: 9 })), { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant({ status: 'REJECTED' as const, reason: 'no' }) },
  { weight: 1, arbitrary: fc.constant({ status: 'ERRORED' as const, reason: 'oh', retryable: false }) },
)
const life = fc.record({
  do: fc.constantFrom('revise' as const, 'revise' as const, 'takeBack' as const, 'giveBack' as const),
  record: fc.nat(records - 1),
})
/** How many versions before the newest a run is about. */
const age = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(2) })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), promote: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('setLive' as const, 'yank' as const, 'deprecate' as const), version }) },
  { weight: 4, arbitrary: life },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('run' as const),
      version,
      results: fc.uniqueArray(fc.tuple(fc.nat(records - 1), said, age), { minLength: 1, selector: ([record]) => record }),
      meanwhile: fc.array(life, { maxLength: 2 }),
    }),
  },
)

/** Before the live release had a result of the record, another one's counted. */
const laterResultOfTheLive: Step[] = [
  { do: 'release', promote: false },
  { do: 'run', version: 2, results: [[0, [[0]], 0]], meanwhile: [] },
  { do: 'run', version: 1, results: [[0, { status: 'REJECTED', reason: 'no' }, 0]], meanwhile: [] },
]

/** All that the hook has made of the other convention is about a version that no longer counts, and so is in no kept count. */
const supersededElsewhere: Step[] = [
  { do: 'run', version: 1, results: [[records - 1, [[7]], 0]], meanwhile: [] },
  { do: 'revise', record: records - 1 },
  { do: 'run', version: 1, results: [[1, [[1]], 0]], meanwhile: [] },
  { do: 'run', version: 1, results: [[0, [[1]], 0]], meanwhile: [{ do: 'revise', record: 0 }] },
  { do: 'takeBack', record: 0 },
  { do: 'giveBack', record: 0 },
]

test('the effective rows and their number, now and at any time, match the rule applied to each version of each record', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      await using database = await createTestDatabase()
      const registry = registryOn(database)
      await registry.deploy(deployInput({ hooks: [hookInput(1)] }))
      await registry.deploy(deployInput({ hooks: [hookInput(1)], slug: other, allowShared: true }))
      const archive = await history(database, registry)
      const past: { at: Date; answers: ReturnType<typeof archive.answers>; compared: bigint | undefined }[] = []
      for (const one of steps) {
        await archive.perform(one)
        const answers = archive.answers()
        for (const [slug, answer] of answers) expect(await archiveSays(database, archive.of(slug))).toEqual(answer)
        for (const { version: v } of archive.releases) expect(await archive.touched(v)).toEqual(archive.touchedExpected(v))
        const compared = archive.releases.length < 2 ? undefined : archive.comparedExpected()
        if (compared !== undefined) expect(await archive.compared()).toBe(compared)
        const counts = postgres.verifiedCounts(database)
        expect([...(await counts.wrongRecordCounts()), ...(await counts.wrongCoverage(hook))]).toEqual([])
        past.push({ at: await passedInstant(database), answers, compared })
      }
      for (const { at, answers, compared } of past) {
        if (compared !== undefined) expect(await archive.compared(at)).toBe(compared)
        for (const [slug, { coverage: _, ...answer }] of answers) expect(await archiveSays(database, archive.of(slug), at)).toEqual(answer)
      }
    }),
    { numRuns: 6, examples: [[laterResultOfTheLive], [supersededElsewhere]] },
  )
})

test('if a release computes a record twice, only the first rows are stored', async () => {
  await using database = await createTestDatabase()
  const registry = registryOn(database)
  await registry.deploy(deployInput({ hooks: [hookInput(1)] }))
  const ids = await publishSome(database)
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
  const [record = ''] = await publishSome(database)
  const releaseId = (await registry.queries.releaseOf(hook, 1))?.id ?? ''
  const run = await settleRun(database, { convention, hook, releaseId, results: new Map([[record, []]]) })
  const insert = database.pool.query(`insert into features.${hook} (_run, _record, _ordinal, _version, score) values ($1, $2, 0, 2, 1)`, [
    run,
    record,
  ])
  await expect(insert).rejects.toThrow(`There is no run ${run} of version 2`)
})

/** The archive and the oracle side by side: what is done to one is done to the other. */
async function history(database: TestDatabase, registry: Registry) {
  const conventionOf = (record: number) => (record === records - 1 ? other : convention)
  const versions = new Map<string, string>()
  const sources = Array.from({ length: records }, (_, record) => record)
  const expected = versionsOracle(sources.map((record) => [conventionOf(record), String(record)]))
  expected.add(true)
  let content = 0
  for (const record of sources) await publishVersion(record)

  return {
    releases: expected.releases,
    perform,
    answers: () => [convention, other].map((slug) => [slug, expected.answer(slug)] as const),
    of: (slug: string) => ({ hook, convention: slug, nameOf }),
    touched: async (v: number) => touchedSay(database.reader, await releaseId(v), nameOf),
    touchedExpected: (v: number) => expected.touched(v),
    /** Of how many records the first two releases are compared. */
    compared: async (asOf?: Date) =>
      (await diffReleases(postgres.releaseDiffs(database.reader), { hook, from: 1, to: 2, asOf })).recordCount,
    comparedExpected: () => BigInt(expected.touched(1).filter((one) => expected.touched(2).includes(one)).length),
  }

  function nameOf(id: string): string {
    return [...versions].find(([, one]) => one === id)?.[0] ?? expect.fail(`no version has the id ${id}`)
  }

  async function releaseId(v: number): Promise<string> {
    return (await registry.queries.releaseOf(hook, v))?.id ?? ''
  }

  async function publishVersion(record: number): Promise<void> {
    const metadata = { pdb_id: `${record}abc`, resolution: (content += 1) / 1000 }
    const input = { convention: conventionOf(record), origin: { type: 'import', sourceNode: 'here' }, onChange: 'REVISE' } as const
    const [result] = await publish(database, { ...input, records: [{ sourceId: String(record), metadata }] })
    if (result?.status === 'INVALID') return expect(result.findings[0]?.kind).toBe('WITHDRAWN')
    if (result === undefined) throw new Error('nothing was published')
    versions.set(`${record}@${result.version}`, result.id)
  }

  async function live(one: Extract<Step, { readonly record: number }>): Promise<void> {
    const now = expected.of(String(one.record))
    const identity = versions.get(`${one.record}@1`) ?? ''
    if (one.do === 'revise') {
      await publishVersion(one.record)
      if (!now.isWithdrawn) now.newest += 1
    } else if (now.isWithdrawn !== (one.do === 'takeBack')) {
      await (one.do === 'takeBack' ? takeBack : giveBack)(database, identity)
      now.isWithdrawn = one.do === 'takeBack'
    }
  }

  async function perform(one: Step): Promise<void> {
    if (one.do === 'release') {
      await registry.release(hook, moduleRelease(expected.releases.length + 1), one.promote)
      return expected.add(one.promote)
    }
    if ('record' in one) return live(one)
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
      case 'run':
        for (const slug of [convention, other]) await run(slug, release.version, one)
        return
      default:
        one satisfies never
    }
  }

  async function run(slug: string, v: number, { results, meanwhile }: Extract<Step, { do: 'run' }>): Promise<void> {
    const own = results
      .filter(([record]) => conventionOf(record) === slug)
      .map(([record, what, before]) => [`${record}@${Math.max(1, expected.of(String(record)).newest - before)}`, what] as const)
    if (own.length === 0) return
    await settleRun(database, {
      convention: slug,
      hook,
      releaseId: await releaseId(v),
      results: new Map(own.map(([name, what]) => [versions.get(name) ?? '', what])),
      async meanwhile() {
        for (const one of meanwhile) await live(one)
      },
    })
    for (const [name, what] of own) expected.run(v, name, what)
  }
}

async function publish(database: postgres.Database, input: PublishInput): Promise<readonly PublishResult[]> {
  return useCasesOn(database).as('test').publish(input)
}

async function publishSome(database: postgres.Database): Promise<readonly string[]> {
  const inputs = Array.from({ length: records }, (_each, n) => ({ sourceId: String(n), metadata: { pdb_id: `${n}abc` } }))
  const results = await publish(database, { convention, origin: { type: 'import', sourceNode: 'here' }, records: inputs })
  return results.map((result) => (result.status === 'PUBLISHED' ? result.id : expect.fail(JSON.stringify(result))))
}
