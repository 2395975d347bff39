import type { TestDatabase } from '../support/index.ts'

/** Withdraws a record as the archive does, for tests of what is read of withdrawn records. `content` is erased by REMOVED alone. */
export async function withdrawInDatabase({ pool }: TestDatabase, srn: string, kind: 'RETRACTED' | 'REMOVED'): Promise<void> {
  const identity = srn.split(':').at(-1)?.split('@')[0]
  await pool.query(
    `with withdrawn as (
      insert into withdrawal (id, record, convention, kind, reason, actor, at)
      select $2, id, convention, $3::withdrawal_kind, 'It was wrong.', 'user:carol', clock_timestamp() from record where id = $1
      returning *
    ), newest as (
      select * from record where identity = $1 order by version desc limit 1
    ), absent as (
      insert into absence (record, convention, since, withdrawal)
      select newest.id, newest.convention, withdrawn.at, withdrawn.id from withdrawn cross join newest
    )
    insert into record_count (convention, schema_id, schema_major, records)
    select convention, schema_id, split_part(schema_version, '.', 1)::int, -1 from newest`,
    [identity, crypto.randomUUID(), kind],
  )
}
