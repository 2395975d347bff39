import { cancelBackfill, reproduceRun, resumeBackfill, startBackfill } from '@strata/domain/run'
import * as postgres from '@strata/infrastructure/postgres'
import { currentRequestId } from '@strata/infrastructure/telemetry'
import type { Services } from '../../server/services.ts'

type BackfillServices = Pick<Services, 'backfill' | 'cancelBackfill' | 'resumeBackfill' | 'backfills' | 'reproduce' | 'reproductions'>

/** Backfills and reproductions. */
export function backfillServices(database: postgres.Database): BackfillServices {
  return {
    backfill: (input, actor) =>
      postgres.transaction(database, (tx) =>
        startBackfill({ ...planningPorts(tx), hooks: postgres.hookRepository(tx) }, input, origin(actor)),
      ),
    cancelBackfill: (input, actor) =>
      postgres.transaction(database, (tx) =>
        cancelBackfill({ ...planningPorts(tx), runs: postgres.runControls(tx), outbox: postgres.outbox(tx, actor) }, input, actor),
      ),
    resumeBackfill: (input) => postgres.transaction(database, (tx) => resumeBackfill(planningPorts(tx), input)),
    backfills: postgres.backfillQueries(database),
    reproduce: (input, actor) =>
      postgres.transaction(database, (tx) =>
        reproduceRun({ reproducible: postgres.reproducibleRuns(tx), batches: postgres.batchStore(tx) }, input, origin(actor)),
      ),
    reproductions: postgres.reproductionQueries(database),
  }
}

function planningPorts(tx: postgres.Transaction) {
  return { backfills: postgres.backfillStore(tx), records: postgres.planningRecords(tx), batches: postgres.batchStore(tx) }
}

function origin(actor: string) {
  return { actor, requestId: currentRequestId() }
}
