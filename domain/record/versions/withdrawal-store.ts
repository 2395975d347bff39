import { NotFound, type Slug, type Srn } from '@strata/domain/shared'
import { recordRefOf, type RecordId, type RecordRef } from '../record.ts'
import type { Withdrawal, WithdrawalKind } from './withdrawal.ts'

/** A record that no other transaction publishes a version of, withdraws or restores before this one ends. */
export interface HeldRecord {
  readonly identity: RecordId
  readonly convention: Slug
  /** The version that the caller named. */
  readonly named: RecordId
  readonly newest: RecordId
  readonly withdrawn?: Withdrawal
}

interface NewWithdrawal {
  readonly kind: WithdrawalKind
  readonly reason: string
  readonly actor: string
  /** Of a removal that was made before the database was restored from a backup. */
  readonly id?: string
}

/** Port: takes records back, within the transaction of the use case. */
export interface WithdrawalStore {
  /** The record and the version that this names, if there is one. Locks the record. */
  hold(ref: RecordRef): Promise<HeldRecord | undefined>
  /** From now on no version counts. A removal ends a retraction. Returns the id of the withdrawal. */
  withdraw(record: HeldRecord, withdrawal: NewWithdrawal): Promise<string>
  restore(record: HeldRecord, by: { readonly reason: string; readonly actor: string }): Promise<void>
  /** Erases what the database has of the record, and notes what the storage has of it. */
  erase(record: HeldRecord, withdrawal: string): Promise<void>
}

export async function requireRecord(store: WithdrawalStore, srn: Srn, domain: string, field: string): Promise<HeldRecord> {
  const ref = recordRefOf(srn, domain)
  const record = ref === undefined ? undefined : await store.hold(ref)
  if (record === undefined) throw new NotFound(`There is no record ${srn} in this archive.`, field)
  return record
}
