import type { CandidateBatch } from '@strata/domain/record'
import type { Origin } from '../batch/batch.ts'
import type { CandidateStore } from './candidate-store.ts'
import { startBatch, type StartBatchPorts } from '../batch/start-batch.ts'

/** Starts the hooks of the convention on candidates; PASSED when it has none. */
export async function validateCandidates(
  ports: StartBatchPorts & { readonly candidates: Pick<CandidateStore, 'insert'> },
  batch: CandidateBatch,
  { eventId }: { readonly eventId: string },
  origin: Origin,
): Promise<'PASSED' | 'WAITING'> {
  const runs = await startBatch(
    ports,
    {
      convention: batch.convention,
      recordIds: batch.candidates.map(({ id }) => id),
      candidates: true,
      priority: batch.isUrgent ? 'INTERACTIVE' : 'BULK',
      cause: { kind: 'event', eventId, part: 0 },
    },
    origin,
  )
  if (runs === 0) return 'PASSED'
  await ports.candidates.insert(batch)
  return 'WAITING'
}
