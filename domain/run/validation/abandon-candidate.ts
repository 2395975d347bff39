import type { CandidateId } from '@strata/domain/record'
import { cancelRun, type ControlPorts } from '../control/cancel-run.ts'
import type { CandidateStore } from './candidate-store.ts'

/** A candidate was withdrawn. Ends runs that are only over such candidates; existing results stay as history. */
export async function abandonCandidate(
  ports: ControlPorts & { readonly candidates: Pick<CandidateStore, 'claim' | 'decide' | 'idleRuns'> },
  candidate: CandidateId,
  actor: string,
): Promise<void> {
  const waiting = await ports.candidates.claim({ candidate })
  if (waiting.length === 0) return
  await ports.candidates.decide([candidate], 'ABANDONED')
  for (const id of await ports.candidates.idleRuns(candidate)) await cancelRun(ports, { id }, actor)
}
