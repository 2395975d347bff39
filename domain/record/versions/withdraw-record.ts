import { actorOf, requireRole, type Caller } from '@strata/domain/identity'
import { BadUserInput, Conflict, type Srn } from '@strata/domain/shared'
import { faultOf } from '../check-source.ts'
import type { RecordId } from '../record.ts'
import { requireRecord, type WithdrawalStore } from './withdrawal-store.ts'
import type { Withdrawal, WithdrawalKind } from './withdrawal.ts'

export interface WithdrawRecordInput {
  readonly srn: Srn
  readonly kind: WithdrawalKind
  readonly reason: string
  /** The SRN once more, for REMOVED. */
  readonly confirm?: Srn | null | undefined
}

/**
 * Takes a record back, all its versions at once. What is REMOVED is erased in the same transaction; what the storage keeps of it is erased
 * by the workers. Returns the version that was named, by default the newest.
 */
export async function withdrawRecord(
  ports: { readonly withdrawals: WithdrawalStore },
  input: WithdrawRecordInput,
  { caller, domain }: { readonly caller: Caller; readonly domain: string },
): Promise<RecordId> {
  const { srn, kind, reason } = input
  if (kind === 'REMOVED') requireRole(caller, 'ADMIN', 'withdrawRecord with kind REMOVED')
  checkReason(reason, 'input.reason')
  checkConfirmation(input)
  const record = await requireRecord(ports.withdrawals, srn, domain, 'input.srn')
  if (record.withdrawn !== undefined) refuseAgain(record.withdrawn, kind)
  const withdrawal = await ports.withdrawals.withdraw(record, { kind, reason, actor: actorOf(caller) })
  if (kind === 'REMOVED') await ports.withdrawals.erase(record, withdrawal)
  return record.named
}

const longestReason = 2_000

/** Everyone who may see the record reads the reason. */
export function checkReason(reason: string, field: string): void {
  const fault = reason.trim() === '' ? 'should say why, for everyone who finds this record' : faultOf(reason, longestReason)
  if (fault !== undefined) throw new BadUserInput(`"reason" ${fault}.`, field)
}

function checkConfirmation({ srn, kind, confirm }: WithdrawRecordInput): void {
  if (kind === 'RETRACTED' && confirm != null) {
    throw new BadUserInput('"confirm" is for kind REMOVED. A retraction can be undone and needs no confirmation.', 'input.confirm')
  }
  if (kind === 'REMOVED' && confirm !== srn) {
    throw new BadUserInput(
      `REMOVED erases all versions of this record for good. To confirm, send the SRN again as "confirm": ${srn}.`,
      'input.confirm',
    )
  }
}

/** A retracted record can still be removed, but nothing else changes a withdrawal. */
function refuseAgain({ kind, at, by }: Withdrawal, wanted: WithdrawalKind): void {
  if (kind === 'RETRACTED' && wanted === 'REMOVED') return
  const way = kind === 'RETRACTED' ? 'To give another reason, restore it and retract it again.' : 'Nothing can be done to it any more.'
  throw new Conflict(`This record was ${kind.toLowerCase()} by ${by} at ${at.toISOString()} already. ${way}`, 'input.srn')
}
