import type { RemovalLog } from '@strata/domain/shared'
import type { RecordId } from '../record.ts'
import type { WithdrawalStore } from '../versions/withdrawal-store.ts'
import { parseRemoval, type Removal } from './removal.ts'

export interface ApplyPorts {
  readonly log: RemovalLog
  /** Of these removals, those that the database does not know. */
  readonly unknown: (ids: readonly string[]) => Promise<readonly string[]>
  /** In a transaction of its own, with an entry in the audit log. */
  readonly within: (removal: Removal, work: (withdrawals: WithdrawalStore) => Promise<boolean>) => Promise<boolean>
}

const idsAtOnce = 500

/**
 * Makes the removals again that the storage's log has and the database does not, because it was restored from an older backup. Returns
 * how many. A record that the backup does not have needs no removal.
 */
export async function applyRemovals(ports: ApplyPorts): Promise<number> {
  let applied = 0
  let ids: string[] = []
  for await (const id of ports.log.ids()) {
    ids.push(id)
    if (ids.length < idsAtOnce) continue
    applied += await applyUnknown(ports, ids)
    ids = []
  }
  return applied + (await applyUnknown(ports, ids))
}

async function applyUnknown({ log, unknown, within }: ApplyPorts, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  let applied = 0
  for (const id of await unknown(ids)) {
    const entry = await log.read(id)
    if (entry === undefined) continue
    const removal = parseRemoval(id, entry)
    if (await within(removal, (withdrawals) => removeAgain(withdrawals, removal))) applied += 1
  }
  return applied
}

async function removeAgain(withdrawals: WithdrawalStore, { id, record: identity, reason, actor }: Removal): Promise<boolean> {
  const record = await withdrawals.hold({ identity: identity as RecordId, version: undefined })
  if (record === undefined || record.withdrawn?.kind === 'REMOVED') return false
  await withdrawals.erase(record, await withdrawals.withdraw(record, { kind: 'REMOVED', reason, actor, id }))
  return true
}
