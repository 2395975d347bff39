import { randomUUIDv7 } from 'node:crypto'
import { join } from 'node:path'
import {
  buildRunJson,
  finishedStatus,
  finishRun,
  printRunJson,
  startInputDigest,
  type Outcome,
  type RunCounts,
  type SettledRecord,
  type TakenRun,
} from '@strata/domain/run'
import type { HookName, Slug } from '@strata/domain/shared'
import * as postgres from '@strata/infrastructure/postgres'
import { temporaryDirectory } from '../support/index.ts'

/** What a hook is made to say of a record: rows, or why there are none. */
export type Said = readonly (readonly number[])[] | Exclude<Outcome, { status: 'PASSED' | 'EMPTY' }>

/** Ends a run of a release with these results, by the same use cases as a worker does; without a worker or a hook. Returns its id. */
export async function settleRun(
  database: postgres.Database,
  o: {
    readonly convention: string
    readonly hook: string
    readonly releaseId: string
    readonly results: ReadonlyMap<string, Said>
    /** What happens while the hook runs. */
    readonly meanwhile?: () => Promise<void>
  },
): Promise<string> {
  const run = await startRun(database, o)
  await o.meanwhile?.()
  await using directory = await temporaryDirectory()
  const staged = join(directory.path, 'rows')
  const stage = await postgres.stageRows({ path: staged, run: run.id, version: run.release.version, feature: run.feature })
  for (const [id, said] of o.results) if (isRows(said)) await stage.add(id, said)
  await stage.close()

  const outcomes = [...o.results].map(([id, said]) => settled(id, said))
  const inputDigest = startInputDigest({}).end()
  const text = await describe(run, outcomes, inputDigest)
  await postgres.transaction(database, (tx) =>
    finishRun(
      {
        runs: postgres.runEndings(tx),
        rows: postgres.featureRowStore(tx),
        batches: postgres.batchStore(tx),
        outbox: postgres.outbox(tx, 'test'),
        reproductions: postgres.reproductionStore(tx),
      },
      { lease: run.lease, runJson: text, inputDigest, outcomes, staged: [staged] },
    ),
  )
  return run.id
}

async function startRun(database: postgres.Database, o: Parameters<typeof settleRun>[1]): Promise<TakenRun> {
  const id = randomUUIDv7()
  const runs = [{ id, hook: o.hook as HookName, releaseId: o.releaseId, memoryBytes: 1 }]
  const batch = {
    id: randomUUIDv7(),
    convention: o.convention as Slug,
    priority: 'BULK' as const,
    recordIds: [...o.results.keys()],
    candidates: false,
  }
  await postgres.transaction(database, (tx) =>
    postgres
      .batchStore(tx)
      .insert({ ...batch, cause: { kind: 'event', eventId: randomUUIDv7(), part: 0 }, runs }, { actor: 'test', requestId: undefined }),
  )
  const run = await postgres.runLeases(database).take(id, 'test', 60)
  if (run === undefined) throw new Error('the run could not be taken')
  return run
}

function settled(id: string, said: Said): SettledRecord {
  if (!isRows(said)) return { id, outcome: said, rows: 0 }
  return { id, outcome: { status: said.length === 0 ? 'EMPTY' : 'PASSED' }, rows: said.length }
}

function isRows(said: Said): said is readonly (readonly number[])[] {
  return Array.isArray(said)
}

async function describe(
  run: TakenRun,
  outcomes: readonly SettledRecord[],
  inputDigest: ReturnType<ReturnType<typeof startInputDigest>['end']>,
): Promise<string> {
  const { release } = run
  const { type, digest, config } = release.runtime
  const now = new Date().toISOString()
  const counts = countOf(outcomes)
  const limits = { memoryBytes: 1, cpuMillis: 1, timeoutSeconds: 1 }
  return printRunJson(
    buildRunJson({
      run: run.id,
      batch: run.batch,
      hook: run.hook,
      release: { id: release.id, version: release.version, sourceRef: release.sourceRef },
      runtime: { type, digest, config },
      recordIds: run.recordIds,
      attempts: [{ number: 1, because: 'first', records: counts.records, limits, isolation: [], startedAt: now, finishedAt: now }],
      inputDigest,
      outputs: [],
      counts,
      status: finishedStatus(counts, undefined),
      startedAt: now,
      finishedAt: now,
    }),
  )
}

function countOf(outcomes: readonly SettledRecord[]): RunCounts {
  const count = (status: string) => outcomes.filter(({ outcome }) => outcome.status === status).length
  return {
    records: outcomes.length,
    passed: count('PASSED'),
    empty: count('EMPTY'),
    rejected: count('REJECTED'),
    errored: count('ERRORED'),
    rows: outcomes.reduce((sum, { rows }) => sum + rows, 0),
  }
}
