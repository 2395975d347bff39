import { readStaleness } from '@strata/infrastructure/postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { statusOf } from './seeded/chronicle.ts'
import { knownFrom, type HookRow, type Known } from './seeded/known.ts'
import { liveThrough, type History } from './seeded/live-through.ts'
import { hookNames } from './seeded/say.ts'

const conventions = ['alphas', 'betas', 'gammas']

describe.each([2026])('in an archive with the generated history %i', (seed) => {
  let history: History
  let known: Known
  beforeAll(async () => {
    history = await liveThrough(seed)
    known = knownFrom(history.happenings)
  })
  afterAll(() => history[Symbol.asyncDispose]())

  const ask = (query: string, variables: Record<string, unknown> = {}) => history.archive.ask('reader', query, variables)
  const hooksOf = (convention: string) => known.deployed.find((one) => one.convention === convention)?.hooks ?? []
  /** A failure tells the seed and what was asked. */
  const asked = (...question: unknown[]) =>
    `seed ${seed}: ${question.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ')}`

  const rows = `query ($c: String!, $t: String!, $asOf: DateTime, $v: Int) { rows(convention: $c, table: $t, first: 1000, asOf: $asOf, release: $v) {
    totalCount nodes { id values stale record { srn } run { id release { version } } } } }`
  const readRows = ({ totalCount, nodes }: { totalCount: number; nodes: readonly Row[] }) => ({
    totalCount,
    nodes: nodes.map(({ id, values, stale, record, run }) => ({
      id,
      record: known.recordNamed(record.srn),
      run: run?.id,
      version: run?.release.version,
      values,
      stale,
    })),
  })
  const counted = <T>(nodes: readonly T[]) => ({ totalCount: nodes.length, nodes })

  test('the history has all kinds of events', () => {
    expect(known.releases).toHaveLength(12)
    const outcomes = new Set(known.runs.flatMap(({ said }) => [...said.values()].map(statusOf)))
    expect(outcomes, asked('outcomes')).toEqual(new Set(['PASSED', 'EMPTY', 'REJECTED', 'ERRORED']))
    // Whether every record of some run errored, the seed decides.
    expect(new Set(known.runs.map(({ status }) => status)).difference(new Set(['FAILED'])), asked('statuses')).toEqual(
      new Set(['PASSED', 'WARNINGS', 'ERROR', 'CANCELLED']),
    )
    expect(
      known.runs.some(({ attempts }) => attempts.length > 1),
      asked('memory'),
    ).toBe(true)
    expect(known.runs.filter(({ reproduces }) => reproduces !== undefined)).toHaveLength(1)
  })

  test('each table has its effective rows, now and as of every moment', async () => {
    for (const mark of history.marks) {
      const then = knownFrom(history.happenings.slice(0, mark.happened))
      for (const convention of conventions) {
        for (const hook of hooksOf(convention)) {
          for (const asOf of mark.name === 'now' ? [undefined, mark.at] : [mark.at]) {
            const answer = (await ask(rows, { c: convention, t: hook, asOf })).rows
            expect(readRows(answer), asked('rows of', hook, convention, mark)).toEqual(counted(then.rowsIn(convention, hook)))
          }
        }
        const answer = (await ask(rows, { c: convention, t: 'records', asOf: mark.at })).rows
        expect(
          readRows(answer).nodes.map(({ record, values }) => ({ record, values })),
          asked('records of', convention, mark),
        ).toEqual(then.recordsOf(convention).map(({ record, n }) => ({ record, values: { n } })))
      }
    }
  })

  test('each release has all of its rows, effective or not', async () => {
    for (const { hook, version, id } of known.releases) {
      for (const convention of known.conventionsOf(hook)) {
        const expected = known
          .recordsOf(convention)
          .flatMap(({ record }) => known.rowsBy(hook, record, known.winner(hook, version, record)))
        expect(
          readRows((await ask(rows, { c: convention, t: hook, v: version })).rows),
          asked('rows of release', hook, version, convention),
        ).toEqual(counted(expected))
      }
      const touched = known.touchedBy(hook, version)
      const { release } = await ask('query ($id: ID!) { release(id: $id) { version isLive state runCount recordCount rowCount } }', { id })
      expect(release, asked('release', hook, version)).toEqual({
        version,
        isLive: known.live(hook) === version,
        state: known.judgement(hook, version)?.state ?? 'ACTIVE',
        runCount: known.runs.filter((one) => one.hook === hook && one.version === version && one.reproduces === undefined).length,
        recordCount: touched.length,
        rowCount: touched.flatMap((record) => known.rowsBy(hook, record, known.winner(hook, version, record))).length,
      })
    }
  })

  test('each hook ran as often as expected, with the expected memory', async () => {
    for (const hook of hookNames) {
      const answer = await ask(
        'query ($h: String!) { hook(name: $h) { runs(first: 200) { nodes { id status actor recordCount oomRetries release { version } reproduces { id } attempts { memory recordCount } } } } }',
        { h: hook },
      )
      const expected = known.runs
        .filter((run) => run.hook === hook)
        .map((run) => ({
          id: run.run,
          status: run.status,
          actor: run.by,
          recordCount: run.records.length,
          oomRetries: run.attempts.length - 1,
          release: { version: run.version },
          reproduces: run.reproduces === undefined ? null : { id: run.reproduces },
          attempts: run.attempts.map(({ mebibytes, records }) => ({ memory: `${mebibytes}Mi`, recordCount: records })),
        }))
      expect(answer.hook.runs.nodes, asked('runs of', hook)).toEqual(expected.toSorted((a, b) => (a.id < b.id ? 1 : -1)))
    }
  })

  test('the catalog has the row counts and coverage', async () => {
    for (const convention of conventions) {
      const { dataset } = await ask(
        `query ($c: String!) { dataset(convention: $c) { tables { name rowCount coverage { records fresh stale empty rejected errored missing } } } }`,
        { c: convention },
      )
      const hooks = hooksOf(convention).map((hook) => ({
        name: hook,
        rowCount: known.rowsIn(convention, hook).length,
        coverage: known.coverage(convention, hook),
      }))
      expect(dataset.tables, asked('catalog of', convention)).toEqual([
        { name: 'records', rowCount: known.recordsOf(convention).length, coverage: null },
        ...hooks,
      ])
    }
  })

  test('each record has the outcome of each hook, and whether it is stale', async () => {
    for (const { record, srn, convention, n } of known.published) {
      const { record: found } = await ask(
        'query ($srn: SRN!) { record(srn: $srn) { outcomes { hook { name } status stale rowCount reason run { id } release { version } } } }',
        { srn },
      )
      const expected = hooksOf(convention).map((name) => {
        const by = known.counting(name, record)
        if (by === undefined)
          return { hook: { name }, status: 'MISSING', stale: false, rowCount: 0, reason: null, run: null, release: null }
        const reason = 'rejected' in by.said ? by.said.rejected : 'error' in by.said ? by.said.error : null
        return {
          hook: { name },
          status: statusOf(by.said),
          stale: by.version !== known.live(name),
          rowCount: known.rowsBy(name, record, by).length,
          reason,
          run: { id: by.run },
          release: { version: by.version },
        }
      })
      expect(found.outcomes, asked('outcomes of', record, convention, n)).toEqual(expected)
    }
    const pairs = known.published.flatMap(({ record, convention }) => hooksOf(convention).map((hook) => ({ record, hook })))
    const found = await readStaleness(history.archive.database.reader, pairs)
    expect(
      pairs.map((pair, i) => ({ ...pair, kind: found[i]?.kind })),
      asked('staleness'),
    ).toEqual(pairs.map((pair) => ({ ...pair, kind: standing(pair) })))
  })

  function standing({ record, hook }: { record: string; hook: string }): string {
    const by = known.counting(hook, record)
    if (by === undefined)
      return known.releasesOf(hook).some(({ version }) => known.winner(hook, version, record) !== undefined) ? 'YANKED' : 'MISSING'
    if (by.version !== known.live(hook)) return 'STALE'
    return statusOf(by.said) === 'ERRORED' ? 'ERRORED' : 'FRESH'
  }

  test('each backfill computed the selected records, and a dry run counts those selected now', async () => {
    for (const { asked: input, happened, recordCount, runs } of history.backfills) {
      const then = knownFrom(history.happenings.slice(0, happened))
      const due = then.due(input)
      expect(recordCount, asked('backfill', input)).toBe(Math.min(due.length, input.limit ?? due.length))
      const done = new Set(runs.flatMap(({ records }) => records))
      expect(done.size, asked('done by backfill', input)).toBe(recordCount)
      expect(
        [...done].filter((record) => !due.includes(record)),
        asked('not due', input),
      ).toEqual([])
    }
    for (const { hook, version } of known.releases.filter((one) => known.judgement(one.hook, one.version)?.state !== 'YANKED')) {
      for (const more of [
        {},
        { stale: false },
        { only: ['ERRORED'] },
        { only: ['MISSING', 'EMPTY'] },
        { limit: 3 },
        { convention: known.conventionsOf(hook)[0] ?? '' },
      ]) {
        const input = { hook, version, ...more }
        const { backfill } = await ask('mutation ($input: BackfillInput!) { backfill(input: $input) { recordCount } }', {
          input: { ...input, dryRun: true },
        })
        const due = known.due(input).length
        expect(backfill.recordCount, asked('dry run', input)).toBe('limit' in more ? Math.min(due, more.limit ?? due) : due)
      }
    }
  })

  test('each citation returns the rows of its time', async () => {
    for (const { id, convention, table, mark } of history.cited) {
      const then = knownFrom(history.happenings.slice(0, mark.happened))
      const { citation } = await ask(
        'query ($id: ID!) { citation(id: $id) { table rowCount rows(first: 1000) { totalCount nodes { id values record { srn } } } } }',
        { id },
      )
      const expected = then.rowsIn(convention, table)
      expect({ rowCount: citation.rowCount, rows: citation.rows }, asked('citation', mark)).toEqual({
        rowCount: expected.length,
        rows: counted(expected.map((row) => ({ id: row.id, values: row.values, record: { srn: known.srnOf(row.record) } }))),
      })
    }
  })

  test('a citation says what happened since to the records and releases whose rows it has', async () => {
    const told: string[] = []
    for (const { id, convention, table, mark } of history.cited) {
      const rows = knownFrom(history.happenings.slice(0, mark.happened)).rowsIn(convention, table)
      const { citation } = await ask(
        'query ($id: ID!) { citation(id: $id) { changeCount changes(first: 1000) { kind record { srn } release { version } } } }',
        { id },
      )
      const found = citation.changes.map(
        ({ kind, record, release }: { kind: string; record?: { srn: string }; release?: { version: number } }) =>
          [kind, record?.srn ?? release?.version].join(' '),
      )
      expect(citation.changeCount, asked('change count', mark)).toBe(found.length)
      expect(found.toSorted(), asked('changes', mark)).toEqual(changesSince(mark.happened, table, rows).toSorted())
      told.push(...found)
    }
    expect(new Set(told.map((change) => change.split(' ')[0])), asked('kinds of changes')).toEqual(
      new Set(['REVISED', 'RECOMPUTED', 'YANKED']),
    )
  })

  function changesSince(happened: number, hook: string, rows: readonly HookRow[]): string[] {
    const cited = new Set(rows.map(({ record }) => record))
    const later = new Set<string>()
    const versions = new Set<number>()
    const changes: string[] = []
    for (const one of history.happenings.slice(happened)) {
      if (one.what === 'published' && one.before !== undefined && (cited.has(one.before) || later.has(one.before))) {
        later.add(one.record)
        changes.push(`REVISED ${one.srn}`)
      }
      if (
        one.what === 'ran' &&
        one.hook === hook &&
        [...one.said.keys()].some((record) => cited.has(record) && known.isKept(one.run, record))
      )
        versions.add(one.version)
      if (one.what === 'judged' && one.hook === hook && one.state === 'YANKED' && rows.some(({ version }) => version === one.version))
        changes.push(`YANKED ${one.version}`)
    }
    return [...changes, ...[...versions].map((version) => `RECOMPUTED ${version}`)]
  }
})

interface Row {
  readonly id: string
  readonly values: unknown
  readonly stale: boolean
  readonly record: { readonly srn: string }
  readonly run: { readonly id: string; readonly release: { readonly version: number } } | null
}
