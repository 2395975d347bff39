import { sql, type RawBuilder } from 'kysely'
import type { Transaction } from '../session/transaction.ts'

/** The ids of what was submitted of a record, also of the submissions that were returned to their owner: the audit log has those. */
export function submittedOf(record: string): RawBuilder<unknown> {
  return sql`
    select event ->> 'candidate'
    from record
    join deposition on deposition.record_id = record.id
    join audit_event on operation = 'submitDeposition'
    cross join jsonb_array_elements(details -> 'events') event
    join candidate on candidate.id::text = event ->> 'candidate'
    where identity = ${record} and event ->> 'deposition' = deposition.id::text`
}

/** Erases the depositions that these versions came from; returns the files that they had. */
export async function eraseOrigins({ kysely }: Pick<Transaction, 'kysely'>, versions: readonly string[]): Promise<readonly string[]> {
  await sql`update deposition set metadata = '{}' where record_id = any(${versions}::uuid[])`.execute(kysely)
  const { rows } = await sql<{ digest: string }>`
    delete from deposition_file using deposition
    where deposition.id = deposition_id and record_id = any(${versions}::uuid[])
    returning digest`.execute(kysely)
  return rows.map(({ digest }) => digest)
}
