import { actorOf, hasRole, type Caller } from '@strata/domain/identity'
import { checkNote, recordSrn, type RecordRef } from '@strata/domain/record'
import { BadUserInput, Conflict, Forbidden, NotFound, StaleVersion, Withdrawn } from '@strata/domain/shared'
import { depositionSrn, type Deposition } from './deposition.ts'
import type { DepositionPorts, RevisableRecord } from './deposition-ports.ts'

export interface ReviseRecordInput {
  /** Undefined if the SRN cannot be the name of a record in this archive. */
  readonly record: RecordRef | undefined
  /** What changes, in a sentence. */
  readonly note?: string | null | undefined
  /** The domain of this archive. */
  readonly domain: string
}

/** Creates a draft of a record's next version with the metadata and the files of its newest version. The record's owner owns the draft. */
export async function reviseRecord(ports: DepositionPorts, input: ReviseRecordInput, caller: Caller): Promise<Deposition> {
  const { record, note, domain } = input
  const fault = checkNote(note)
  if (fault !== undefined) throw new BadUserInput(fault.message, 'note')
  const found = record === undefined ? undefined : await ports.depositions.claimRecord(record.identity)
  if (found === undefined) throw new NotFound('There is no such record in this archive.', 'srn')
  const { convention, newest } = found
  const { owner, sourceId } = requireOwn(found, caller)
  if (newest.withdrawn !== undefined) {
    const { kind, reason, at } = newest.withdrawn
    const what = kind === 'RETRACTED' ? 'Ask a curator to restore it first.' : 'What was removed gets no new version.'
    throw new Withdrawn(`This record was ${kind.toLowerCase()} at ${at.toISOString()}: ${reason} ${what}`, 'srn')
  }
  if (record?.version !== undefined && record.version !== newest.version) {
    throw new StaleVersion(`Version ${newest.version} is the newest of this record; revise ${recordSrn(domain, newest)}.`, 'srn')
  }
  if (found.draft !== undefined) {
    throw new Conflict(
      `There is a draft of this record's next version: ${depositionSrn(domain, found.draft)}. Change and submit that one.`,
      'srn',
    )
  }
  const revises = { record: newest.identity, version: newest.version, sourceId, ...(note == null ? {} : { note }) }
  const deposition = await ports.depositions.insert({ convention, owner, metadata: newest.metadata, revises, filesOf: newest.id })
  await ports.outboxOf(actorOf(caller)).append({ type: 'DepositionCreated', deposition: deposition.id })
  return deposition
}

/** The owner of a record is the owner of its first deposition. An admin may act for them. */
function requireOwn({ source, owner }: RevisableRecord, caller: Caller): { readonly owner: string; readonly sourceId: string } {
  if (source.type !== 'deposition' || owner === undefined) {
    throw new BadUserInput(
      `This record did not come from a deposition but from "${source.type}": publish its next version from there, with onChange: REVISE.`,
      'srn',
    )
  }
  if (owner === actorOf(caller) || hasRole(caller, 'ADMIN')) return { owner, sourceId: source.id }
  throw new Forbidden('Only the person who deposited this record may revise it.', 'srn')
}
