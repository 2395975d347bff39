import {
  countsCheck,
  filesCheck,
  guardsCheck,
  outputsCheck,
  recordsCheck,
  registryCheck,
  rowsCheck,
  runsCheck,
  verifyArchive,
  type KeptResult,
  type OutputPorts,
  type Verification,
  type VerifyInput,
} from '@strata/domain/verification'
import type { Config } from '@strata/infrastructure/environment'
import * as postgres from '@strata/infrastructure/postgres'
import { InvalidOutput, readKeptOutput } from '@strata/infrastructure/runner'
import { openStorage } from '@strata/infrastructure/storage'

export interface Verifier {
  /** Undefined when another process is verifying this archive. */
  verify(input: VerifyInput): Promise<Verification | undefined>
}

/** What looks through a whole archive: its database and its storage. */
export function composeVerifier({ database, config }: { readonly database: postgres.Database; readonly config: Config }): Verifier {
  const { blobs } = openStorage(config)
  const checks = [
    guardsCheck(postgres.verifiedGuards(database)),
    registryCheck(postgres.verifiedRegistry(database)),
    recordsCheck(postgres.verifiedRecords(database)),
    runsCheck(postgres.verifiedRuns(database)),
    rowsCheck(postgres.verifiedRows(database)),
    countsCheck(postgres.verifiedCounts(database)),
    filesCheck(postgres.verifiedFiles(database), blobs),
    outputsCheck({ outputs: postgres.verifiedOutputs(database), blobs, read, whyUnreadable }),
  ]
  return {
    async verify(input) {
      await using claim = await postgres.claimVerifying(database)
      if (claim === undefined) return undefined
      return await verifyArchive({ store: postgres.verificationStore(database), checks }, input)
    },
  }
}

async function* read(o: Parameters<OutputPorts['read']>[0]): AsyncGenerator<KeptResult> {
  for await (const { id, outcome, rows } of readKeptOutput(o)) yield { id, status: outcome.status, rows }
}

function whyUnreadable(error: unknown): string | undefined {
  return error instanceof InvalidOutput ? error.message : undefined
}
