import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'

/** Lets the sweep remove content that nothing refers to any more. The locks wait for transactions that are about to refer to it. */
export async function dropReferences(kysely: Transaction['kysely'], digests: readonly string[]): Promise<void> {
  if (digests.length === 0) return
  await sql`select from file where digest = any(${digests}::text[]) order by digest for update`.execute(kysely)
  await sql`
    update file set referenced_at = null, touched_at = now()
    where digest = any(${digests}::text[])
      and not exists (select from file_reference where file_reference.digest = file.digest)`.execute(kysely)
}
