import type { SchemaRef } from '@strata/domain/convention'
import type { HeldRecord } from '@strata/domain/record'
import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'
import { metadataTableName } from '../tables/metadata-table.ts'
import { claimCoverage } from './coverage.ts'
import { eraseOrigins, submittedOf } from './erase-origins.ts'
import { erasedReason, eraseRuns, nameFiles } from './erase-runs.ts'

type Writing = Pick<Transaction, 'kysely'>

/**
 * Erases what the database has of a removed record. What is erased is first named in `erasure`: the triggers allow changes of what is named
 * there and of nothing else. Runs that are under way are named too, and erased when they have ended.
 */
export async function eraseRecord({ kysely }: Transaction, record: HeldRecord, withdrawal: string): Promise<void> {
  await nameRecords({ kysely }, record, withdrawal)
  const { rows } = await sql<{ id: string }>`
    select name as id from erasure where withdrawal = ${withdrawal} and kind = 'RECORD'`.execute(kysely)
  const ids = rows.map(({ id }) => id)
  await eraseResults({ kysely }, ids)
  await eraseTypedRows({ kysely }, ids)
  const digests = [...(await eraseOrigins({ kysely }, record.identity)), ...(await eraseFiles({ kysely }, ids))]
  await sql`update record set metadata = '{}', note = null where id = any(${ids}::uuid[])`.execute(kysely)
  await sql`update candidate set metadata = '{}' where id = any(${ids}::uuid[])`.execute(kysely)
  await nameFiles({ kysely }, withdrawal, digests)
  await eraseRuns({ kysely }, withdrawal, await nameRuns({ kysely }, withdrawal, ids))
  await sql`insert into erasure (withdrawal, kind, name) values (${withdrawal}, 'LOG', ${withdrawal})`.execute(kysely)
}

/**
 * A run over the record may be about to end. Under these locks it either has ended and its results are erased here, or it ends afterwards
 * and finds the record erased.
 */
export async function claimAllCoverage(tx: Writing): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from hook order by name`.execute(tx.kysely)
  for (const { name } of rows) await claimCoverage(tx, name)
}

/** Erases what a run that ends now has made of records that were removed while it was under way. */
export async function eraseLateResults({ kysely }: Writing, run: string, records: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select name as id from erasure where kind = 'RECORD' and name = any(${records}::text[])`.execute(kysely)
  if (rows.length > 0)
    await eraseResults(
      { kysely },
      rows.map(({ id }) => id),
      run,
    )
}

/** All versions, and what was submitted of them: also the submissions that were returned, which the audit log names. */
async function nameRecords({ kysely }: Writing, { identity }: HeldRecord, withdrawal: string): Promise<void> {
  await sql`
    insert into erasure (withdrawal, kind, name, done_at)
    select ${withdrawal}, 'RECORD', id, now() from (
      select id::text from record where identity = ${identity}
      union
      ${submittedOf(identity)}
    ) named`.execute(kysely)
}

async function eraseResults({ kysely }: Writing, ids: readonly string[], run?: string): Promise<void> {
  const ofRun = run === undefined ? sql`true` : sql`run_outcome.run = ${run}`
  const { rows } = await sql<{ hook: string; runs: readonly string[] }>`
    select hook, array_agg(distinct run) as runs
    from run_outcome join hook_release on hook_release.id = release_id
    where record = any(${ids}::uuid[]) and row_count > 0 and ${ofRun}
    group by hook order by hook`.execute(kysely)
  for (const { hook, runs } of rows) {
    await sql`
      delete from ${sql.id('features', hook)} where _run = any(${runs}::uuid[]) and _record = any(${ids}::uuid[])`.execute(kysely)
  }
  await sql`
    update run_outcome set reason = ${erasedReason} where record = any(${ids}::uuid[]) and reason is not null and ${ofRun}`.execute(kysely)
}

async function eraseTypedRows({ kysely }: Writing, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<SchemaRef>`
    select distinct schema_id as id, schema_version as version from record where id = any(${ids}::uuid[])`.execute(kysely)
  for (const table of new Set(rows.map(metadataTableName))) {
    await sql`delete from ${sql.id('metadata', table)} where _record = any(${ids}::uuid[])`.execute(kysely)
  }
}

/** Takes the files from the record and its candidates; returns what they were. */
async function eraseFiles({ kysely }: Writing, ids: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ digest: string }>`
    with of_record as (delete from record_file where record_id = any(${ids}::uuid[]) returning digest),
    of_candidate as (delete from candidate_file where candidate_id = any(${ids}::uuid[]) returning digest)
    select digest from of_record union select digest from of_candidate`.execute(kysely)
  return rows.map(({ digest }) => digest)
}

/** Runs over any of these, ended or not. */
async function nameRuns({ kysely }: Writing, withdrawal: string, ids: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    insert into erasure (withdrawal, kind, name)
    select distinct ${withdrawal}::uuid, 'RUN'::erasure_kind, hook_run.id::text
    from unnest(${ids}::uuid[]) record
    join batch on first_record <= record and last_record >= record and record = any(record_ids)
    join hook_run on batch_id = batch.id
    returning name`.execute(kysely)
  return rows.map(({ name }) => name)
}
