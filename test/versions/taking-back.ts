import type { Caller } from '@strata/domain/identity'
import { recordSrn, restoreRecord, withdrawRecord, type RecordId, type WithdrawalKind } from '@strata/domain/record'
import * as postgres from '@strata/infrastructure/postgres'
import { expect } from 'vitest'
import type { TestArchive } from '../support/index.ts'

const domain = 'localhost'
const caller: Caller = { kind: 'USER', subject: 'carol', roles: ['CURATOR'], scopes: [] }

/** Retracts a record, by its id. */
export async function takeBack(database: postgres.Database, record: string): Promise<void> {
  await postgres.transaction(database, (tx) =>
    withdrawRecord(
      { withdrawals: postgres.withdrawalStore(tx) },
      { srn: srnOf(record), kind: 'RETRACTED', reason: 'It was wrong.' },
      { caller, domain },
    ),
  )
}

export async function giveBack(database: postgres.Database, record: string): Promise<void> {
  await postgres.transaction(database, (tx) =>
    restoreRecord(
      { withdrawals: postgres.withdrawalStore(tx) },
      { srn: srnOf(record), reason: 'It was right.' },
      { actor: 'user:carol', domain },
    ),
  )
}

/** Withdraws a record through the API, as carol. */
export async function withdraw(archive: TestArchive, srn: string, kind: WithdrawalKind): Promise<void> {
  const ask = await archive.as({ subject: 'carol', roles: ['ADMIN'] })
  const { errors } = await ask('mutation ($input: WithdrawRecordInput!) { withdrawRecord(input: $input) { srn } }', {
    input: { srn, kind, reason: 'It was wrong.', ...(kind === 'REMOVED' ? { confirm: srn } : {}) },
  })
  expect(errors).toEqual([])
}

export async function restore(archive: TestArchive, srn: string): Promise<void> {
  const ask = await archive.as({ subject: 'carol', roles: ['CURATOR'] })
  const { errors } = await ask('mutation ($srn: SRN!) { restoreRecord(srn: $srn, reason: "It was right.") { srn } }', { srn })
  expect(errors).toEqual([])
}

function srnOf(record: string) {
  return recordSrn(domain, { identity: record as RecordId, version: 1 })
}
