import {
  countsCheck,
  filesCheck,
  guardsCheck,
  outputsCheck,
  recordsCheck,
  removalsCheck,
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
    filesCheck({ files: postgres.verifiedFiles(database), blobs, whyUnreadable }),
    outputsCheck({ outputs: postgres.verifiedOutputs(database), blobs, read, whyUnreadable }),
    removalsCheck(postgres.verifiedRemovals(database)),
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

/** What a disk says of one file. Other faults, as of a storage that does not answer, say nothing about a file and end the verification. */
const ofOneFile = new Set(['EIO', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR', 'ELOOP', 'EUCLEAN', 'NO_PLAIN_FILE'])

function whyUnreadable(error: unknown): string | undefined {
  if (error instanceof InvalidOutput) return error.message
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && ofOneFile.has(error.code)
    ? error.message
    : undefined
}
