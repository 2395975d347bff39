import { randomUUIDv7 } from 'node:crypto'
import * as postgres from '@strata/infrastructure/postgres'
import { enterCoverage, leaveCoverage } from '../../infrastructure/postgres/store/coverage.ts'

/** What a retraction leaves in the database; the tests of reading need nothing else of it. */
export function takeBack(database: postgres.Database, record: string): Promise<void> {
  return postgres.transaction(database, async (tx) => {
    const { newest, convention } = await hold(tx, record)
    await leaveCoverage(tx, convention, [newest])
    await count(tx, newest, -1)
    await tx.client.query(
      `with made as (
        insert into withdrawal (id, record, convention, kind, reason, actor, at)
        values ($1, $2, $3, 'RETRACTED', 'It was wrong.', 'test', clock_timestamp()) returning id, at
      )
      insert into absence (record, convention, since, withdrawal) select $4, $3, at, id from made`,
      [randomUUIDv7(), record, convention, newest],
    )
  })
}

export function giveBack(database: postgres.Database, record: string): Promise<void> {
  return postgres.transaction(database, async (tx) => {
    const { newest, convention } = await hold(tx, record)
    await tx.client.query(
      `with restored as (
        update withdrawal set restored_at = clock_timestamp(), restored_by = 'test', restored_reason = 'It was right.'
        where record = $1 and restored_at is null returning id, restored_at
      )
      update absence set until = restored_at from restored where withdrawal = restored.id and until is null`,
      [record],
    )
    await count(tx, newest, 1)
    await enterCoverage(tx, convention, [newest])
  })
}

async function hold({ client }: postgres.Transaction, record: string): Promise<{ newest: string; convention: string }> {
  await client.query('select from record where id = $1 and version = 1 for update', [record])
  const { rows } = await client.query('select id as newest, convention from record where identity = $1 order by version desc limit 1', [
    record,
  ])
  return rows[0]
}

async function count({ client }: postgres.Transaction, version: string, by: 1 | -1): Promise<void> {
  await client.query(
    `insert into record_count (convention, schema_id, schema_major, records)
      select convention, schema_id, split_part(schema_version, '.', 1)::int, $2::int from record where id = $1`,
    [version, by],
  )
}
