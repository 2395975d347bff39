import type { Reading } from '@strata/domain/dataset'
import { Unavailable } from '@strata/domain/shared'
import type { DB } from '@strata/prisma/tables'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { metadataTableName } from '../../tables/metadata-table.ts'
import { compileReading, type CompiledReading } from './compile-reading.ts'
import { keptCoverage, recordCounts } from './kept-counts.ts'

/** Uses the stored counts for all rows. Otherwise it counts, and stops after `timeoutMs`: a count is exact or refused. */
export async function countRows(kysely: Kysely<DB>, reading: Reading, timeoutMs = 0): Promise<number> {
  if (reading.filter === undefined && reading.asOf === undefined && reading.release === undefined && !reading.allVersions)
    return keptCount(kysely, reading)
  const counting = countQuery(await compileReading({ kysely }, { ...reading, order: [] }, { lookup: 'joined' }))
  if (timeoutMs > 0) await sql`set local statement_timeout = ${sql.lit(timeoutMs)}`.execute(kysely)
  const { rows } = await refuseLate(timeoutMs, () => counting.execute(kysely))
  return Number(rows[0]?.count ?? 0n)
}

/** PostgreSQL uses the code 57014 for a statement that exceeded its time limit. */
async function refuseLate<T>(timeoutMs: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (timeoutMs === 0 || !(error instanceof Error && 'code' in error && error.code === '57014')) throw error
    throw new Unavailable(
      `Counting these rows takes longer than ${timeoutMs / 1000} s, which is the limit; ask for the page without "totalCount", or for fewer rows.`,
      'filter',
    )
  }
}

function countQuery({ from, where }: CompiledReading): RawBuilder<{ count: bigint }> {
  return sql`select count(*) from ${from} where ${where}`
}

async function keptCount(kysely: Kysely<DB>, { dataset: { convention }, table }: Reading): Promise<number> {
  if (table.kind === 'hook') return Number((await keptCoverage({ kysely }, [convention])).get(`${convention}/${table.name}`)?.rows ?? 0n)
  return Number((await recordCounts({ kysely }, [convention])).get(`${convention}/${metadataTableName(table.schema)}`) ?? 0n)
}
