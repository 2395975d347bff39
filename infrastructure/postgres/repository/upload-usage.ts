import type { UploadUsage } from '@strata/domain/record'
import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'

/**
 * A caller's use of its quota. Takes a lock that other uploads of this caller wait for until the transaction ends, so that two
 * uploads cannot use the same remaining quota.
 */
export async function claimUsage({ kysely }: Pick<Transaction, 'kysely'>, holder: string): Promise<UploadUsage> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`uploads:${holder}`}, 0))`.execute(kysely)
  // Run this as a separate statement: it must see what others committed while it waited for the lock.
  const { rows } = await sql<{ bytes: string; files: number; open: number }>`
    select (open_uploads.bytes + held.bytes)::text as bytes, held.files::int as files, open_uploads.uploads::int as open
    from
      (select coalesce(sum(size), 0) as bytes, count(*) as uploads from upload where created_by = ${holder} and digest is null) open_uploads,
      (select coalesce(sum(size), 0) as bytes, count(*) as files from file_holding where holder = ${holder}) held`.execute(kysely)
  const { bytes = '0', files = 0, open = 0 } = rows[0] ?? {}
  return { bytes: BigInt(bytes), files, openUploads: open }
}
