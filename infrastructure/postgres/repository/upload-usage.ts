import type { UploadUsage } from '@strata/domain/record'
import { sql } from 'kysely'
import type { Transaction } from '../setup/transaction.ts'

/**
 * What a caller uses of its quota. Other uploads of the same caller wait from here on until the transaction ends, so that none of them
 * is admitted on the same room.
 */
export async function claimUsage({ kysely }: Pick<Transaction, 'kysely'>, holder: string): Promise<UploadUsage> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`uploads:${holder}`}, 0))`.execute(kysely)
  // A statement of its own: it must see what was committed while the lock was waited for.
  const { rows } = await sql<{ bytes: string; files: number; open: number }>`
    select (open_uploads.bytes + held.bytes)::text as bytes, held.files::int as files, open_uploads.uploads::int as open
    from
      (select coalesce(sum(size), 0) as bytes, count(*) as uploads from upload where created_by = ${holder} and digest is null) open_uploads,
      (select coalesce(sum(size), 0) as bytes, count(*) as files from file_holding where holder = ${holder}) held`.execute(kysely)
  const { bytes = '0', files = 0, open = 0 } = rows[0] ?? {}
  return { bytes: BigInt(bytes), files, openUploads: open }
}
