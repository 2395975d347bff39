import type { Reading } from '@strata/domain/dataset'
import type { DB } from '@strata/prisma/tables'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { metadataTableName } from '../../tables/metadata-table.ts'
import { compileReading, type CompiledReading } from './compile-reading.ts'
import { keptCoverage, recordCounts } from './kept-counts.ts'

/** From the kept counts when every row is wanted; else by counting. */
export async function countRows(kysely: Kysely<DB>, reading: Reading): Promise<number> {
  if (reading.filter === undefined && reading.asOf === undefined && reading.release === undefined) return keptCount(kysely, reading)
  const { rows } = await countQuery(await compileReading({ kysely }, { ...reading, order: [] }, { lookup: 'joined' })).execute(kysely)
  return Number(rows[0]?.count ?? 0n)
}

function countQuery({ from, where }: CompiledReading): RawBuilder<{ count: bigint }> {
  return sql`select count(*) from ${from} where ${where}`
}

async function keptCount(kysely: Kysely<DB>, { dataset: { convention }, table }: Reading): Promise<number> {
  if (table.kind === 'hook') return Number((await keptCoverage({ kysely }, [convention])).get(`${convention}/${table.name}`)?.rows ?? 0n)
  return Number((await recordCounts({ kysely }, [convention])).get(`${convention}/${metadataTableName(table.schema)}`) ?? 0n)
}
