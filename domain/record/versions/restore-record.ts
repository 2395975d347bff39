import { Conflict, type Srn } from '@strata/domain/shared'
import type { RecordId } from '../record.ts'
import { checkReason } from './withdraw-record.ts'
import { requireRecord, type WithdrawalStore } from './withdrawal-store.ts'

/** Ends a retraction: the record's newest version counts again. Returns the version that was named. */
export async function restoreRecord(
  ports: { readonly withdrawals: WithdrawalStore },
  { srn, reason }: { readonly srn: Srn; readonly reason: string },
  { actor, domain }: { readonly actor: string; readonly domain: string },
): Promise<RecordId> {
  checkReason(reason, 'reason')
  const record = await requireRecord(ports.withdrawals, srn, domain, 'srn')
  const { withdrawn } = record
  if (withdrawn === undefined) throw new Conflict('This record is not withdrawn: there is nothing to restore.', 'srn')
  if (withdrawn.kind === 'REMOVED') {
    throw new Conflict(`This record was removed at ${withdrawn.at.toISOString()}: its content was erased and cannot be restored.`, 'srn')
  }
  await ports.withdrawals.restore(record, { reason, actor })
  return record.named
}
