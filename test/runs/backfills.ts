import { randomUUID, randomUUIDv7 } from 'node:crypto'
import type { ReleaseState } from '@strata/domain/registry'
import { planBackfill, type BackfillInput, type HeldRun, type PlanningPace, type Outcome } from '@strata/domain/run'
import * as postgres from '@strata/infrastructure/postgres'
import { useCasesOn } from '../support/use-cases.ts'
import { hookInput } from './manifest.ts'
import type { openRuns } from './open-runs.ts'

type Runs = Awaited<ReturnType<typeof openRuns>>
const origin = { actor: 'user:a', requestId: undefined }

/** What people do about backfills and releases, and what happened to records without a worker having done it. */
export function backfillsOn({ database, rows }: Pick<Runs, 'database' | 'rows'>) {
  const { as, registry } = useCasesOn(database)
  const [operator, { backfills }] = [as('a'), registry]
  const within = <T>(work: (tx: postgres.Transaction) => Promise<T>) => postgres.transaction(database, work)
  const release = async (version: number): Promise<string> =>
    (await rows(`select id from hook_release where hook = 'doubled' and version = $1`, [version]))[0].id

  async function addRun(version: number, records: readonly string[]): Promise<string> {
    const run = { id: randomUUIDv7(), hook: 'doubled', releaseId: await release(version), memoryBytes: 1 << 27 }
    const cause = { kind: 'event', eventId: randomUUID(), part: 0 } as const
    await within((tx) =>
      postgres.batchStore(tx).insert(
        {
          id: randomUUIDv7(),
          convention: 'numbers',
          priority: 'BULK',
          recordIds: records,
          candidates: false,
          cause,
          runs: [run],
        } as never,
        origin,
      ),
    )
    return run.id
  }

  /** A run that was queued comes to this outcome for all of its records. */
  async function complete(run: string, status: Outcome['status']): Promise<void> {
    const [row] = await rows(
      'select release_id, batch_id, record_ids from hook_run join batch on batch.id = batch_id where hook_run.id = $1',
      [run],
    )
    const held = { id: run, hook: 'doubled', convention: 'numbers', expected: { release: { id: row.release_id } } } as unknown as HeldRun
    const outcome = (
      status === 'REJECTED' || status === 'ERRORED' ? { status, reason: 'so it is', retryable: false } : { status }
    ) as Outcome
    await within(async (tx) => {
      await postgres.runEndings(tx).addOutcomes(
        held,
        row.record_ids.map((id: string) => ({ id, outcome, rows: status === 'PASSED' ? 1 : 0 })),
      )
      await tx.client.query(
        `update hook_run set status = 'PASSED', run_json = '{}', committed_at = clock_timestamp(), finished_at = clock_timestamp(),
          ${{ PASSED: 'passed', EMPTY: 'empty', REJECTED: 'rejected', ERRORED: 'errored' }[status]}_count = record_count where id = $1`,
        [run],
      )
      await postgres.batchStore(tx).end(row.batch_id)
    })
  }

  return {
    start: (input: Partial<BackfillInput> = {}) => operator.backfill({ hook: 'doubled', stale: true, dryRun: false, ...input }),
    step: (id: string, pace?: PlanningPace) => within((tx) => planBackfill(planning(tx), id, pace)),
    cancel: operator.cancelBackfill,
    resume: operator.resumeBackfill,
    reproduce: operator.reproduce,
    async seen(id: string) {
      const [backfill] = await backfills.backfills([id])
      if (backfill === undefined) throw new Error('there is no such backfill')
      const [progress] = await backfills.progress([backfill])
      return { status: backfill.status, ...progress }
    },
    /** The records of its batches, each as often as it is in one; a batch a list, as they were made. */
    batches: async (id: string): Promise<string[][]> =>
      (await rows('select record_ids from batch where backfill_id = $1 order by id', [id])).map((row) => row.record_ids),

    newRelease: (n: number, promote = true) =>
      operator.createRelease({
        hook: 'doubled',
        promote,
        release: hookInput({ source: `export default async ({ record }) => [{ value: record.metadata.n * ${n} }]` }).release,
      }),
    setLive: (version: number) => operator.setLive({ hook: 'doubled', version }),
    setState: (version: number, state: ReleaseState) =>
      operator.setReleaseState({ hook: 'doubled', version, state, reason: 'it was wrong' }),
    addRun,
    complete,
    settle: async (version: number, records: readonly string[], status: Outcome['status']) =>
      complete(await addRun(version, records), status),
    /** As if the event of each publishing had been handled, and nothing had come of it. */
    handleEvents: () => rows('update outbox set relayed_at = now(), handled_at = now() where handled_at is null'),
  }
}

function planning(tx: postgres.Transaction) {
  return { backfills: postgres.backfillStore(tx), records: postgres.planningRecords(tx), batches: postgres.batchStore(tx) }
}
