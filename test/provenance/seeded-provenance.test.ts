import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rowsOf } from './seeded/chronicle.ts'
import { compared } from './seeded/compared.ts'
import { causesBeyond, countOf, kindOf, wholeGraph } from './seeded/drawn-from.ts'
import { knownFrom, supersededBy, type HookRow, type Known } from './seeded/known.ts'
import { liveThrough, type History } from './seeded/live-through.ts'
import { dice } from './seeded/say.ts'

describe.each([7])('in an archive with the generated history %i', (seed) => {
  let history: History
  let known: Known
  beforeAll(async () => {
    history = await liveThrough(seed)
    known = knownFrom(history.happenings)
  })
  afterAll(() => history[Symbol.asyncDispose]())

  const ask = (query: string, variables: Record<string, unknown> = {}) => history.archive.ask('reader', query, variables)
  /** A failure tells the seed and what was asked. */
  const asked = (...question: unknown[]) =>
    `seed ${seed}: ${question.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ')}`
  const sampled = <T>(all: readonly T[], count: number, what: string): T[] => {
    const chance = dice(seed, 'sample', what)
    return all
      .map((one) => ({ one, at: chance() }))
      .toSorted((a, b) => a.at - b.at)
      .slice(0, count)
      .map(({ one }) => one)
  }

  const why = `query ($row: ID!, $asOf: DateTime) { why(row: $row, asOf: $asOf) {
    row { id values stale } record { srn } run { id status actor oomRetries attempts { memory recordCount } }
    release { hook { name } version state sourceRef builtBy } ran { digest config sourceRef limits }
    madeLiveBy { id actor reason from { version } to { version } } counts staleBecause countingRelease { version }
    supersedes(first: 1000) { id values } supersededCount } }`

  test('why: what made a row and with what, whether it is effective, and what it superseded', async () => {
    const made = known.releases.flatMap(({ hook, version }) =>
      known.touchedBy(hook, version, 'ALL').flatMap((record) => known.rowsBy(hook, record, known.winner(hook, version, record))),
    )
    for (const row of sampled(made, 60, 'why')) {
      const {
        why: { staleBecause, ...found },
      } = await ask(why, { row: row.id })
      expect(found, asked('why', row.id)).toEqual(explained(known, history.happenings.length, row))
      expect(staleBecause?.replace(/since [^ ]+Z/, 'since then') ?? null, asked('why is it stale', row.id)).toBe(sentence(known, row))
    }
    for (const mark of sampled(history.marks, 6, 'moments')) {
      const then = knownFrom(history.happenings.slice(0, mark.happened))
      const rows = then.releases.flatMap(({ hook, version }) =>
        then.touchedBy(hook, version, 'ALL').flatMap((record) => then.rowsBy(hook, record, then.winner(hook, version, record))),
      )
      for (const row of sampled(rows, 4, mark.name)) {
        const {
          why: {
            counts,
            countingRelease,
            staleBecause,
            supersedes,
            row: { stale },
          },
        } = await ask(why, { row: row.id, asOf: mark.at })
        const expected = explained(then, mark.happened, row)
        expect({ counts, countingRelease, supersedes, stale }, asked('why', row.id, mark)).toEqual({
          counts: expected.counts,
          countingRelease: expected.countingRelease,
          supersedes: expected.supersedes,
          stale: expected.row.stale,
        })
        expect(staleBecause?.replace(/since [^ ]+Z/, 'since then') ?? null, asked('why was it stale', row.id, mark)).toBe(
          sentence(then, row),
        )
      }
    }
  })

  function explained(then: Known, happened: number, row: HookRow) {
    const hook = row.id.split(':')[0] ?? ''
    const run = known.runs.find((one) => one.run === row.run) ?? expect.fail('no such run')
    const release = known.releasesOf(hook).find(({ version }) => version === row.version) ?? expect.fail('no such release')
    const move = known.moveBefore(run)
    const counting = then.countsAsVersion(row.record) ? then.counting(hook, row.record) : undefined
    const superseded = supersededBy(history.happenings.slice(0, happened), hook, row.record, row.version).flatMap((version) =>
      then.rowsBy(hook, row.record, then.winner(hook, version, row.record)),
    )
    return {
      row: { id: row.id, values: row.values, stale: row.stale },
      record: { srn: known.srnOf(row.record) },
      run: {
        id: run.run,
        status: run.status,
        actor: run.by,
        oomRetries: run.attempts.length - 1,
        attempts: run.attempts.map(({ mebibytes, records }) => ({ memory: `${mebibytes}Mi`, recordCount: records })),
      },
      release: {
        hook: { name: hook },
        version: row.version,
        state: known.judgement(hook, row.version)?.state ?? 'ACTIVE',
        sourceRef: release.sourceRef,
        builtBy: release.by,
      },
      ran: {
        digest: release.digest,
        config: release.config,
        sourceRef: release.sourceRef,
        limits: expect.objectContaining({ memoryBytes: (run.attempts.at(-1)?.mebibytes ?? 0) * 2 ** 20 }),
      },
      madeLiveBy:
        move === undefined
          ? null
          : {
              id: move.id,
              actor: move.by,
              reason: move.reason,
              from: move.from === null ? null : { version: move.from },
              to: { version: move.to },
            },
      counts: counting?.version === row.version,
      countingRelease: counting === undefined ? null : { version: counting.version },
      supersedes: superseded.map(({ id, values }) => ({ id, values })),
      supersededCount: superseded.length,
    }
  }

  function sentence(then: Known, { id, record, version }: HookRow): string | null {
    const hook = id.split(':')[0] ?? ''
    const move = then.lastMove(hook)
    if (move === undefined || move.to === version) return null
    const judged = then.judgement(hook, version)
    const yanked =
      judged?.state === 'YANKED'
        ? `Version ${version} of "${hook}" was yanked (${judged.reason}), so what it made does not count any more. `
        : ''
    const live = `Version ${move.to} of "${hook}" has been live since then (${move.by}${move.reason === null ? '' : `: ${move.reason}`})`
    if (!then.countsAsVersion(record)) return `${yanked}${live}.`
    const counting = then.counting(hook, record)
    if (counting === undefined) return `${yanked}${live}, but has no result for this record yet, and no other result counts.`
    const count = rowsOf(counting.said).length
    const result =
      'error' in counting.said
        ? 'an error'
        : 'rejected' in counting.said
          ? 'it rejected the record'
          : count === 0
            ? 'it found nothing'
            : count === 1
              ? 'one row'
              : `${count} rows`
    if (counting.version === move.to) return `${yanked}${live}, and its own result for this record counts: ${result}.`
    if (counting.version === version) return `${yanked}${live}, but has no result for this record yet; until it has one, this row counts.`
    return `${yanked}${live}, but has no result for this record yet; until it has one, that of version ${counting.version} counts: ${result}.`
  }

  const radius = `query ($of: BlastRadiusOf!) { blastRadius(of: $of) { recordCount rowCount effectiveRowCount
    releases { hook { name } version } runs(first: 200) { totalCount nodes { id } } records(first: 500) { totalCount nodes { srn } } } }`

  test('the blast radius of an artifact, a source ref, a release and a run', async () => {
    const questions = [
      ...known.releases.map(({ id }) => ({ of: { release: id }, is: (one: { id: string }) => one.id === id })),
      ...[...new Set(known.releases.map(({ digest }) => digest))].map((digest) => ({
        of: { digest },
        is: (one: { digest: string }) => one.digest === digest,
      })),
      ...[...new Set(known.releases.map(({ sourceRef }) => sourceRef))].map((sourceRef) => ({
        of: { sourceRef },
        is: (one: { sourceRef: string }) => one.sourceRef === sourceRef,
      })),
    ]
    expect(questions.length).toBeLessThan(3 * known.releases.length)
    for (const { of, is } of questions) {
      const touched = known.releases.filter(is)
      const runs = known.runs.filter((run) => touched.some(({ hook, version }) => run.hook === hook && run.version === version))
      const results = touched.flatMap(({ hook, version }) => known.touchedBy(hook, version).map((record) => ({ hook, version, record })))
      const rows = results.flatMap(({ hook, version, record }) => known.rowsBy(hook, record, known.winner(hook, version, record)))
      await expectTouched(of, { releases: touched, runs: runs.map(({ run }) => run), records: results.map(({ record }) => record), rows })
    }
    for (const run of sampled(
      known.runs.filter(({ reproduces }) => reproduces === undefined),
      25,
      'runs',
    )) {
      const release = known.releasesOf(run.hook).filter(({ version }) => version === run.version)
      const records = [...run.said.keys()].filter(known.countsAsVersion)
      const rows = records
        .filter((record) => known.isKept(run.run, record))
        .flatMap((record) =>
          known.rowsBy(run.hook, record, { run: run.run, version: run.version, said: run.said.get(record) ?? expect.fail() }),
        )
      await expectTouched({ run: run.run }, { releases: release, runs: [run.run], records, rows })
    }
  })

  async function expectTouched(
    of: object,
    it: {
      releases: readonly { hook: string; version: number }[]
      runs: readonly string[]
      records: readonly string[]
      rows: readonly HookRow[]
    },
  ) {
    const newestFirst = (a: string, b: string) => (a < b ? 1 : -1)
    const { blastRadius: found } = await ask(radius, { of })
    const records = [...new Set(it.records)].toSorted(newestFirst)
    const counting = it.rows.filter(({ id, record, run }) => known.counting(id.split(':')[0] ?? '', record)?.run === run)
    expect(
      { ...found, records: { ...found.records, nodes: found.records.nodes.map(({ srn }: { srn: string }) => known.recordNamed(srn)) } },
      asked('blast radius', of),
    ).toEqual({
      recordCount: records.length,
      rowCount: it.rows.length,
      effectiveRowCount: counting.length,
      releases: it.releases.toReversed().map(({ hook, version }) => ({ hook: { name: hook }, version })),
      runs: { totalCount: it.runs.length, nodes: it.runs.toSorted(newestFirst).map((id) => ({ id })) },
      records: { totalCount: records.length, nodes: records },
    })
  }

  test('the differences between releases, in both directions', async () => {
    const query = `query ($h: String!, $from: Int!, $to: Int!) { releaseDiff(hook: $h, from: $from, to: $to, examples: 0) {
      recordCount added removed changed unchanged flipped { from to count } columns { column changed gained lost } } }`
    for (const { hook, version } of known.releases.filter((one) => one.version > 1)) {
      for (const [from, to] of [
        [version - 1, version],
        [version, 1],
      ] as const) {
        const {
          releaseDiff: { flipped, ...found },
        } = await ask(query, { h: hook, from, to })
        const { flips, ...expected } = compared(known, hook, from, to)
        expect(found, asked('diff', hook, from, to)).toEqual(expected)
        const told = flipped.map((flip: { from: string; to: string; count: number }) => [`${flip.from} ${flip.to}`, flip.count])
        expect(Object.fromEntries(told), asked('flips', hook, from, to)).toEqual(flips)
      }
    }
  })

  const graph = `query ($of: ID!, $d: ProvenanceDirection!, $n: Int!, $asOf: DateTime) { provenance(of: $of, direction: $d, maxNodes: $n, asOf: $asOf) {
    nodes { id kind } edges { from relation to } omitted { kind count } } }`

  test('a graph has all links between its nodes, and counts the nodes left out', async () => {
    for (const mark of [
      ...sampled(
        history.marks.filter(({ name }) => name !== 'now'),
        2,
        'drawn',
      ),
      undefined,
    ]) {
      const whole = wholeGraph(mark === undefined ? known : knownFrom(history.happenings.slice(0, mark.happened)))
      const byKind = Map.groupBy(whole.nodes, (id) => id.split(':')[0])
      const roots = [...byKind.values()].flatMap((ids) => sampled(ids, 2, `root ${ids[0]}`))
      for (const of of roots) {
        for (const d of ['UPSTREAM', 'DOWNSTREAM', 'BOTH']) {
          const { drawn: all, omitted } = await drawing(whole, { of, d, n: 1000, asOf: mark?.at })
          expect(omitted, asked('left out of all', of, d)).toEqual({})
          const few = await drawing(whole, { of, d, n: 6, asOf: mark?.at })
          expect(
            [...few.drawn].filter((id) => !all.has(id)),
            asked('drawn of few alone', of, d),
          ).toEqual([])
          for (const [kind, count] of Object.entries(few.omitted)) {
            expect(few.ofKind(kind) + count, asked('drawn and left out', of, d, kind)).toBeLessThanOrEqual(
              count === 0 ? 0 : countOf(all, kind),
            )
          }
          expect(Object.keys(few.omitted).length > 0, asked('whether anything is left out', of, d)).toBe(few.drawn.size < all.size)
          if (d !== 'UPSTREAM') continue
          const beyond = causesBeyond(whole.edges.values(), few.drawn)
          for (const [kind, ids] of Map.groupBy(beyond, kindOf)) expect(few.omitted[kind], asked('left out', of, kind)).toBe(ids.length)
          expect(
            Object.values(few.omitted).reduce((sum, count) => sum + count, 0),
            asked('left out', of),
          ).toBe(beyond.size)
          expect(causesBeyond(whole.edges.values(), all), asked('all causes', of)).toEqual(new Set())
        }
      }
    }
  })

  async function drawing(whole: ReturnType<typeof wholeGraph>, question: Record<string, unknown>) {
    const { provenance } = await ask(graph, question)
    const drawn = new Set<string>(provenance.nodes.map(({ id }: { id: string }) => id))
    expect(
      [...drawn].filter((id) => !whole.nodes.has(id)),
      asked('nodes that are none', question),
    ).toEqual([])
    const edges = provenance.edges.map(
      ({ from, relation, to }: { from: string; relation: string; to: string }) => `${from} ${relation} ${to}`,
    )
    const between = [...whole.edges].filter(([, { from, to }]) => drawn.has(from) && drawn.has(to)).map(([name]) => name)
    expect(edges.toSorted(), asked('edges', question)).toEqual(between.toSorted())
    const omitted: Record<string, number> = Object.fromEntries(
      provenance.omitted.map(({ kind, count }: { kind: string; count: number }) => [kind, count]),
    )
    return { drawn, omitted, ofKind: (kind: string) => countOf(drawn, kind) }
  }
})
