import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'
import { columnsOf } from './ensure-table.ts'
import type { TableShape } from './table-shape.ts'

/** Drops columns that the shape does not have, or has with another type. Refuses to drop a column with values. */
export async function dropOtherColumns({ kysely }: Pick<Transaction, 'kysely'>, { schema, name, columns }: TableShape): Promise<void> {
  const types = new Map(columns.map((column) => [column.name, column.type]))
  const table = sql.id(schema, name)
  for (const [column, type] of await columnsOf(kysely, { schema, name })) {
    if (types.get(column) === type) continue
    const { rows } = await sql`select from ${table} where ${sql.id(column)} is not null limit 1`.execute(kysely)
    if (rows.length > 0) throw new Error(`${schema}.${name}.${column} has values, so it cannot be dropped`)
    await sql`alter table ${table} drop column ${sql.id(column)}`.execute(kysely)
  }
}
