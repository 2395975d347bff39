import { sql, type RawBuilder } from 'kysely'
import type { Transaction } from '../session/transaction.ts'

/** The ids of what was submitted of a record or of a draft of its next version, also if it was returned to its owner: the audit log has those. */
export function submittedOf(record: string): RawBuilder<unknown> {
  return sql`
    select event ->> 'candidate'
    from deposition
    join audit_event on operation = 'submitDeposition'
    cross join jsonb_array_elements(details -> 'events') event
    join candidate on candidate.id::text = event ->> 'candidate'
    where event ->> 'deposition' = deposition.id::text
      and (revises = ${record} or record_id in (select id from record where identity = ${record}))`
}

/** Erases the depositions that the record's versions came from, and open drafts of its next version; returns the files that they had. */
export async function eraseOrigins({ kysely }: Pick<Transaction, 'kysely'>, record: string): Promise<readonly string[]> {
  const ofRecord = sql`(revises = ${record} or record_id in (select id from record where identity = ${record}))`
  await sql`update deposition set metadata = '{}', note = null where ${ofRecord}`.execute(kysely)
  await sql`update deposition set findings = '[]' where ${ofRecord} and status <> 'PUBLISHED'`.execute(kysely)
  const { rows } = await sql<{ digest: string }>`
    delete from deposition_file using deposition where deposition.id = deposition_id and ${ofRecord} returning digest`.execute(kysely)
  return rows.map(({ digest }) => digest)
}
