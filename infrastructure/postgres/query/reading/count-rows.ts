import type { Reading } from '@strata/domain/dataset'
import type { DB } from '@strata/prisma/tables'
import { sql, type Kysely } from 'kysely'
import { compileReading } from './compile-reading.ts'

export async function countRows(kysely: Kysely<DB>, reading: Reading): Promise<number> {
  const { from, where } = await compileReading({ kysely }, { ...reading, order: [] })
  const { rows } = await sql<{ count: bigint }>`select count(*) from ${from} where ${where}`.execute(kysely)
  return Number(rows[0]?.count ?? 0n)
}
