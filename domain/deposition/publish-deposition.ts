import type { CandidateId, PublishInput, PublishResult } from '@strata/domain/record'
import type { Finding } from '@strata/domain/shared'
import type { Deposition } from './deposition.ts'
import type { DepositionPorts } from './deposition-ports.ts'
import { move } from './move.ts'
import { statusAfter } from './status.ts'

/**
 * Publishes through the code that all sources share, as the owner. If a deploy has changed the convention's requirements and
 * the deposition does not meet them, or if another version of the record was published, its owner gets it back with findings.
 */
export async function publishDeposition(
  ports: DepositionPorts,
  deposition: Deposition,
  { step, actor }: { readonly step: 'PUBLISH' | 'APPROVE'; readonly actor: string },
): Promise<Deposition> {
  statusAfter(deposition.status, step)
  const [result] = await ports.publish(publishingOf(deposition), deposition.owner)
  if (result === undefined) throw new Error(`publishing the deposition ${deposition.id} had no result`)
  switch (result.status) {
    case 'PUBLISHED':
    case 'REVISED':
      return move(ports, deposition, { step, record: result.id }, actor)
    case 'DUPLICATE':
      if (deposition.revises === undefined) return move(ports, deposition, { step, record: result.id }, actor)
      return move(ports, deposition, { step: 'RETURN', findings: [changesNothing(result.version)] }, actor)
    case 'INVALID':
    case 'CHANGED':
      return giveBack(ports, deposition, result, actor)
    default:
      return result satisfies never
  }
}

/** A revision has the source id of its record and replaces the version that it was created from. */
function publishingOf({ id, convention, metadata, files, candidate, revises }: Deposition): PublishInput {
  if (candidate === undefined) throw new Error(`the deposition ${id} was never submitted`)
  const sourceId = revises?.sourceId ?? id
  const { version: expectedVersion, note } = revises ?? {}
  return {
    convention,
    origin: { type: 'deposition' },
    records: [{ sourceId, metadata, files, expectedVersion, note }],
    candidates: new Map<string, CandidateId>([[sourceId, candidate]]),
    onChange: revises === undefined ? 'KEEP' : 'REVISE',
  }
}

/**
 * When another version was published meanwhile, the draft follows that one from now on: its owner has been told to compare them
 * before submitting it again.
 */
async function giveBack(
  ports: DepositionPorts,
  deposition: Deposition,
  { findings }: Extract<PublishResult, { readonly status: 'INVALID' | 'CHANGED' }>,
  actor: string,
): Promise<Deposition> {
  const { revises } = deposition
  if (revises === undefined || !findings.some(({ kind }) => kind === 'STALE_VERSION'))
    return move(ports, deposition, { step: 'RETURN', findings }, actor)
  const now = await ports.depositions.claimRecord(revises.record)
  if (now === undefined) throw new Error(`the record ${revises.record} of a revision is missing`)
  const { version } = now.newest
  const rebased = { ...deposition, revises: { ...revises, version } }
  return move(ports, rebased, { step: 'RETURN', findings: [isStale(revises.version, version)] }, actor)
}

function isStale(began: number, newest: number): Finding {
  return {
    hook: 'record',
    kind: 'STALE_VERSION',
    message: `Version ${newest} of this record was published after this draft began from version ${began}. Compare the two; when you submit the draft again, it replaces version ${newest}.`,
  }
}

function changesNothing(version: number): Finding {
  return {
    hook: 'record',
    kind: 'REJECTED',
    message: `The draft says the same as version ${version} of the record, so there is nothing to publish. Change something, then submit it again.`,
  }
}
