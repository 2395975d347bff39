import { sql } from 'kysely'
import type { Database } from '../session/connection.ts'

/** Folds the rows that count a table's records into one, so that reading the count stays cheap; returns how many there were. */
export async function foldRecordCounts({ kysely }: Pick<Database, 'kysely'>): Promise<number> {
  const { rows } = await sql<{ folded: bigint }>`
    with folded as (
      delete from record_count
      where (convention, schema_id, schema_major) in (
        select convention, schema_id, schema_major from record_count group by 1, 2, 3 having count(*) > 1
      )
      returning convention, schema_id, schema_major, records
    ), kept as (
      insert into record_count (convention, schema_id, schema_major, records)
      select convention, schema_id, schema_major, sum(records) from folded group by 1, 2, 3
    )
    select count(*) as folded from folded`.execute(kysely)
  return Number(rows[0]?.folded ?? 0)
}
