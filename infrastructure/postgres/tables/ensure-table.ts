import { sql, type RawBuilder } from 'kysely'
import type { Transaction } from '../session/transaction.ts'
import { indexedExpression } from './indexed-expression.ts'
import { searchVector } from './search-vector.ts'
import type { ShapeColumn, ShapeIndex, TableShape } from './table-shape.ts'

/**
 * Creates the table of this shape, or adds missing columns. Idempotent. An unchanged table is only read, so no other transaction
 * waits. Part of the caller's transaction, so a failure leaves nothing behind.
 */
export async function ensureTable({ kysely }: Pick<Transaction, 'kysely'>, shape: TableShape): Promise<void> {
  const existing = await columnsOf(kysely, shape)
  if (existing.size === 0) {
    for (const statement of creation(shape)) await statement.execute(kysely)
    return
  }
  for (const column of shape.columns) {
    const type = existing.get(column.name)
    if (type === undefined) await addition(shape, column).execute(kysely)
    else if (type !== column.type) {
      throw new Error(`${shape.schema}.${shape.name}.${column.name} is ${type} and should be ${column.type}`)
    }
  }
  const indexed = await indexesOf(kysely, shape)
  for (const index of shape.indexes) if (!indexed.has(index.name)) await indexing(shape, index).execute(kysely)
}

/** The table's columns with their types; empty when there is no table. */
export async function columnsOf(
  kysely: Transaction['kysely'],
  { schema, name }: Pick<TableShape, 'schema' | 'name'>,
): Promise<Map<string, string>> {
  const { rows } = await sql<{ name: string; type: string }>`
    select attname as name, case atttypid when 'timestamptz'::regtype then 'timestamptz' else format_type(atttypid, null) end as type
    from pg_attribute
    where attrelid = to_regclass(format('%I.%I', ${schema}::text, ${name}::text)) and attnum > 0 and not attisdropped`.execute(kysely)
  return new Map(rows.map((row) => [row.name, row.type]))
}

async function indexesOf(kysely: Transaction['kysely'], { schema, name }: TableShape): Promise<Set<string>> {
  const { rows } = await sql<{ indexname: string }>`
    select indexname from pg_indexes where schemaname = ${schema} and tablename = ${name}`.execute(kysely)
  return new Set(rows.map((row) => row.indexname))
}

function creation(shape: TableShape): RawBuilder<unknown>[] {
  const key = sql`primary key (${sql.join(shape.primaryKey.map((column) => sql.id(column)))})`
  const references = shape.references.map(
    ({ column, table, enforcedBy }) =>
      sql`foreign key (${sql.id(column)}) references public.${sql.id(table)} (id) ${sql.raw(enforcedBy ? 'not enforced' : '')}`,
  )
  return [
    sql`create table ${tableName(shape)} (${sql.join([...shape.columns.map(definition), key, ...references])})`,
    ...shape.indexes.map((index) => indexing(shape, index)),
    ...guards(shape),
  ]
}

/**
 * Triggers that also apply to the owner; docs/verifying.md describes those of static tables. Their functions come from migrations. Inserts
 * are checked once per statement, not per row.
 */
function guards(shape: TableShape): RawBuilder<unknown>[] {
  const table = tableName(shape)
  const truncation = sql`create trigger is_never_truncated before truncate on ${table} for each statement execute function public.refuse_change()`
  if (!shape.rowsComeFromRuns) {
    return [
      truncation,
      sql`create trigger is_never_changed before update on ${table} for each row execute function public.refuse_change()`,
      // By the removal of its record.
      sql`create trigger is_only_erased before delete on ${table} for each row execute function public.refuse_unless_erased('RECORD', '_record')`,
    ]
  }
  return [
    truncation,
    // Enforces the foreign key.
    sql`create trigger comes_from_a_run after insert on ${table} referencing new table as incoming
      for each statement execute function public.refuse_unknown_run()`,
    sql`create trigger is_never_changed before update on ${table} for each row execute function public.refuse_change()`,
    // A run removes rows that did not win before it ends.
    sql`create trigger is_never_removed before delete on ${table} for each row execute function public.refuse_removing_result()`,
  ]
}

function indexing(shape: TableShape, { name, columns, method }: ShapeIndex): RawBuilder<unknown> {
  const on = sql`create index ${sql.id(name)} on ${tableName(shape)}`
  switch (method) {
    case 'gin':
      return sql`${on} using gin (${sql.join(columns.map((column) => sql`${sql.id(column)} jsonb_path_ops`))})`
    case 'search':
      return sql`${on} using gin ((${searchVector(columns.map((column) => sql.id(column)))}))`
    case undefined: {
      const types = new Map(shape.columns.map((column) => [column.name, column.type]))
      return sql`${on} (${sql.join(columns.map((column) => sql`(${indexedExpression(column, types.get(column))})`))})`
    }
    default:
      return method satisfies never
  }
}

/** An added column is optional, because existing rows have no value for it. */
function addition(shape: TableShape, column: ShapeColumn): RawBuilder<unknown> {
  return sql`alter table ${tableName(shape)} add column ${definition({ ...column, required: false })}`
}

function definition({ name, type, required }: ShapeColumn): RawBuilder<unknown> {
  // Sorted by code point: the same order on every server, and `like 'abc%'` can use an index.
  const collation = type === 'text' ? 'collate "C"' : ''
  return sql`${sql.id(name)} ${sql.raw(type)} ${sql.raw(collation)} ${sql.raw(required ? 'not null' : '')}`
}

function tableName({ schema, name }: TableShape): RawBuilder<unknown> {
  return sql.id(schema, name)
}
