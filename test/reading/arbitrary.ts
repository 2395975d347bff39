import type { DataColumn, ReadableDataset, ReadableTable } from '@strata/domain/dataset'
import type { ColumnType, Json, JsonObject } from '@strata/domain/shared'
import fc, { type Arbitrary } from 'fast-check'
import type { Question } from './oracle.ts'

const long = 'x'.repeat(199)
const texts = [
  '',
  'a',
  'A',
  'ab',
  'b',
  'alpha beta',
  'Beta',
  "o'clock",
  '100%',
  'a_b',
  'back\\slash',
  'Straße',
  'STRASSE',
  'äpfel',
  'ÄPFEL',
  '\ufffd',
  '😀',
  `${long}y`,
  `${long}yy`,
  `${long}y alpha`,
  `${long}z`,
  `${long}😀${long}`,
]
const uuids = ['0190a5e0-0000-7000-8000-000000000000', '0190A5E0-0000-7000-8000-00000000000A', 'ffffffff-ffff-4fff-bfff-ffffffffffff']
const moments = [
  '2026-01-31T12:00:00Z',
  '2026-01-31T13:00:00+01:00',
  '2026-01-31T12:00:00.000001Z',
  '1969-12-31T23:59:59.5Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
]

/** Few values of each type, so that many are the same: those at the edges, and those that look alike. */
const values: Readonly<Record<ColumnType, Arbitrary<Json>>> = {
  TEXT: fc.constantFrom(...texts),
  NUMBER: fc.constantFrom(-1e300, -1.5, 0, 0.1, 0.30000000000000004, 2, 3, 5e-324, 1.7e308),
  INTEGER: fc.constantFrom(-9007199254740991, -1, 0, 1, 2, 3, 9007199254740991),
  BOOLEAN: fc.boolean(),
  DATE: fc.constantFrom('0001-01-01', '1969-12-31', '2026-01-31', '2026-02-01', '9999-12-31'),
  DATETIME: fc.constantFrom(...moments),
  UUID: fc.constantFrom(...uuids),
  JSON: fc.constantFrom<Json>(1, 'a', true, [], [1, 'a'], [{ a: 1, b: [2] }], { a: 1 }, { a: { b: 2 } }, [[1]]),
}

export function valueOf({ type, listOf }: Pick<DataColumn, 'type' | 'listOf'>): Arbitrary<Json> {
  return listOf === undefined ? values[type] : fc.array(values[listOf], { maxLength: 3 })
}

/** A row with or without a value for each column that need not have one. */
export function rowOf(columns: readonly DataColumn[]): Arbitrary<JsonObject> {
  const required = columns.filter((column) => column.required).map(({ name }) => name)
  return fc.record(Object.fromEntries(columns.map((column) => [column.name, valueOf(column)])), { requiredKeys: required })
}

export function questionOf(dataset: ReadableDataset): Arbitrary<Question> {
  return fc
    .constantFrom(...dataset.tables)
    .chain((table) =>
      fc.record(
        { table: fc.constant(table.name), filter: filterOf(dataset, table, 3), orderBy: orderOf(dataset, table) },
        { requiredKeys: ['table', 'orderBy'] },
      ),
    )
}

function orderOf(dataset: ReadableDataset, table: ReadableTable): Arbitrary<Question['orderBy']> {
  const own = named(table, table)
  const ofRecord =
    table.kind === 'hook' ? dataset.tables.filter(({ kind }) => kind === 'records').flatMap((other) => named(table, other)) : []
  const sortable = [...own, ...ofRecord].filter(({ column }) => column.type !== 'JSON').map(({ name }) => name)
  const key = fc.record({ column: fc.constantFrom(...sortable), direction: fc.constantFrom('ASC' as const, 'DESC' as const) })
  return fc.uniqueArray(key, { maxLength: 3, selector: ({ column }) => column })
}

function filterOf(dataset: ReadableDataset, table: ReadableTable, depth: number): Arbitrary<JsonObject> {
  const test = fc
    .constantFrom(...dataset.tables)
    .chain((other) => fc.constantFrom(...named(table, other)))
    .chain(testOf)
  const search = fc
    .constantFrom('alpha', 'alpha beta', 'beta or clock', '-alpha', 'nothing')
    .map((words): JsonObject => ({ search: words }))
  const leaf = fc.oneof({ weight: 8, arbitrary: test }, { weight: 1, arbitrary: search })
  if (depth === 0) return leaf
  const inner = filterOf(dataset, table, depth - 1)
  const some = fc.array(inner, { maxLength: 3 })
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 2, arbitrary: some.map((all): JsonObject => ({ all })) },
    { weight: 2, arbitrary: some.map((any): JsonObject => ({ any })) },
    { weight: 1, arbitrary: inner.map((not): JsonObject => ({ not })) },
  )
}

function named(table: ReadableTable, other: ReadableTable): { readonly name: string; readonly column: DataColumn }[] {
  return other.columns.map((column) => ({ name: other === table ? column.name : `${other.name}.${column.name}`, column }))
}

function testOf({ name, column }: { name: string; column: DataColumn }): Arbitrary<JsonObject> {
  const isOrdered = column.type !== 'JSON' && column.type !== 'BOOLEAN'
  const compared = fc.constantFrom('eq', 'neq', ...(isOrdered ? ['lt', 'lte', 'gt', 'gte'] : []))
  const part = fc.constantFrom('', 'a', 'STRASSE', 'alpha', '%', '_', '\\', 'ä', `${long}Y`)
  const choices: Arbitrary<JsonObject>[] = [
    fc.constant({ isNull: { column: name } }),
    ...[1, 2, 3].map(() => fc.tuple(compared, valueOf(column)).map(([op, value]): JsonObject => ({ [op]: { column: name, value } }))),
  ]
  if (column.listOf === undefined)
    choices.push(fc.array(valueOf(column), { maxLength: 4 }).map((some) => ({ in: { column: name, values: some } })))
  if (column.type === 'JSON') choices.push(values[column.listOf ?? 'JSON'].map((value) => ({ contains: { column: name, value } })))
  if (column.type === 'TEXT') {
    choices.push(
      fc.tuple(fc.constantFrom('contains', 'startsWith'), part).map(([op, value]): JsonObject => ({ [op]: { column: name, value } })),
    )
  }
  return fc.oneof(...choices)
}
