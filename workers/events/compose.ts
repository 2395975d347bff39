import { finishValidation, type ValidationPorts } from '@strata/domain/deposition'
import { publishRecords, type CandidateValidation, type Naming, type ReportVerdicts } from '@strata/domain/record'
import { abandonCandidate, decideCandidates, startMissing, validateCandidates } from '@strata/domain/run'
import type { EventHandlers } from '@strata/domain/shared'
import * as postgres from '@strata/infrastructure/postgres'
import type { Logger } from '@strata/infrastructure/telemetry'
import { eventHandlers } from './handlers.ts'

/** What is done about one event, all of it in this transaction and for the actor who caused the event. */
export function composeHandlers(
  tx: postgres.Transaction,
  { eventId, domain, log }: { eventId: string; domain: string; log: Logger },
): EventHandlers {
  const origin = () => postgres.originOfEvent(tx, eventId)
  const batches = { liveReleases: postgres.liveReleases(tx), batches: postgres.batchStore(tx), candidates: postgres.candidateStore(tx) }
  const naming = { domain, warn: (message: string) => log.warn(message) }
  const deposits = validationPorts(tx, naming, {
    begin: async (batch) => validateCandidates(batches, batch, { eventId }, await origin()),
    abandon: async (candidate) => {
      const { actor } = await origin()
      await abandonCandidate({ ...batches, runs: postgres.runControls(tx), outbox: postgres.outbox(tx, actor) }, candidate, actor)
    },
  })
  return eventHandlers({
    log,
    deposits,
    startMissing: async (records) =>
      startMissing({ ...batches, resultsOf: postgres.resultsOf(tx) }, { ...records, eventId }, await origin()),
    decide: async (which) => decideCandidates({ ...batches, report: reporter(deposits) }, which, await origin()),
  })
}

/** Each pathway that validates first finds its own candidates among the verdicts. */
function reporter(deposits: ValidationPorts): ReportVerdicts {
  return async (verdicts) => {
    for (const verdict of verdicts) await finishValidation(deposits, verdict)
  }
}

function validationPorts(tx: postgres.Transaction, naming: Naming, validation: CandidateValidation): ValidationPorts {
  return {
    depositions: postgres.depositionRepository(tx),
    files: postgres.recordFileStore(tx),
    outboxOf: (actor: string) => postgres.outbox(tx, actor),
    publish: (input, actor) =>
      publishRecords(
        { records: postgres.recordStore(tx), files: postgres.recordFileStore(tx), outbox: postgres.outbox(tx, actor), naming },
        input,
        actor,
      ),
    validation,
  }
}
