import type { DataColumn, ReadableDataset, ReadableTable } from '@strata/domain/dataset'
import { canonicalJson, isJsonObject, type Json, type JsonObject } from '@strata/domain/shared'

/** What the archive should answer, found out the slow way: every row is looked at, and the rules are read as they are written. */

export interface OracleRow {
  readonly record: string
  readonly ordinal: number
  readonly values: JsonObject
}

export interface Universe {
  readonly dataset: ReadableDataset
  readonly rows: ReadonlyMap<string, readonly OracleRow[]>
}

export interface Question {
  readonly table: string
  readonly filter?: JsonObject | undefined
  readonly orderBy: readonly { readonly column: string; readonly direction: 'ASC' | 'DESC' }[]
}

export function answer(universe: Universe, { table, filter, orderBy }: Question): readonly OracleRow[] {
  const rows = (universe.rows.get(table) ?? []).filter((row) => filter === undefined || passes(universe, table, row, filter))
  const ties = orderBy.at(-1)?.direction === 'DESC' ? -1 : 1
  return rows.toSorted((a, b) => {
    for (const { column, direction } of orderBy) {
      const [x, y] = [sortValue(universe, table, a, column), sortValue(universe, table, b, column)]
      const order = compareMissingLast(x, y, columnOf(universe, table, column).column)
      if (order !== 0) return direction === 'ASC' || x === null || y === null ? order : -order
    }
    return ties * (a.record === b.record ? a.ordinal - b.ordinal : a.record < b.record ? -1 : 1)
  })
}

/** The values of a column of the rows, or of their records. */
export function valuesOf(universe: Universe, question: Question, column: string): readonly Json[] {
  return answer(universe, question).map((row) => wholeValue(universe, question.table, row, column))
}

/** Groups by what the question sorts by: their keys, and of one column how many rows, values, different ones, the least, the greatest, the median. */
export function groupsOf(universe: Universe, question: Question, measured: string): readonly (readonly [JsonObject, readonly Json[]])[] {
  const keysOf = (row: OracleRow): JsonObject =>
    Object.fromEntries(question.orderBy.map(({ column }) => [column, wholeValue(universe, question.table, row, column)]))
  const groups = new Map<string, { keys: JsonObject; rows: OracleRow[] }>()
  if (question.orderBy.length === 0) groups.set('{}', { keys: {}, rows: [] })
  for (const row of answer(universe, question)) {
    const keys = keysOf(row)
    const group = groups.get(canonicalJson(keys)) ?? { keys, rows: [] }
    group.rows.push(row)
    groups.set(canonicalJson(keys), group)
  }
  // Unlike rows, groups are sorted by the whole of a text: no two of them share all their keys.
  const inOrder = [...groups.values()].toSorted((a, b) => {
    for (const { column } of question.orderBy) {
      const order = compareMissingLast(a.keys[column] ?? null, b.keys[column] ?? null, columnOf(universe, question.table, column).column)
      if (order !== 0) return order
    }
    return 0
  })
  return inOrder.map(({ keys, rows }) => {
    const values = rows
      .map((row) => wholeValue(universe, question.table, row, measured))
      .filter((value) => typeof value === 'number')
      .toSorted((a, b) => a - b)
    return [keys, [rows.length, values.length, new Set(values).size, values[0] ?? null, values.at(-1) ?? null, medianOf(values)]]
  })
}

function medianOf(values: readonly number[]): number | null {
  const middle = (values.length - 1) / 2
  const [below, above] = [values[Math.floor(middle)], values[Math.ceil(middle)]]
  return below === undefined || above === undefined ? null : below + (above - below) * (middle % 1)
}

function passes(universe: Universe, table: string, row: OracleRow, filter: Json): boolean {
  const [op = '', content = null] = Object.entries(filter as JsonObject)[0] ?? []
  const list = Array.isArray(content) ? (content as readonly Json[]) : []
  if (op === 'any') return list.some((one) => passes(universe, table, row, one))
  if (op === 'not') return !passes(universe, table, row, content)
  if (op === 'search') return found(wordsOf(universe, table, row), String(content))
  if (op !== 'all') return allOfTable(universe, table, row, [filter])
  const tests = list.filter(isTest)
  const tables = new Set(tests.map((test) => columnOf(universe, table, columnName(test)).table.name))
  return (
    list.every((one) => isTest(one) || passes(universe, table, row, one)) &&
    [...tables].every((other) =>
      allOfTable(
        universe,
        table,
        row,
        tests.filter((test) => columnOf(universe, table, columnName(test)).table.name === other),
      ),
    )
  )
}

/** Tests of one table: of the row itself, or of one and the same row of its record's over there. */
function allOfTable(universe: Universe, table: string, row: OracleRow, tests: readonly Json[]): boolean {
  const other = columnOf(universe, table, columnName(tests[0] ?? null)).table.name
  const candidates = other === table ? [row] : (universe.rows.get(other) ?? []).filter(({ record }) => record === row.record)
  return candidates.some((candidate) => tests.every((test) => holds(test, candidate, columnOf(universe, table, columnName(test)).column)))
}

function holds(test: Json, row: OracleRow, column: DataColumn): boolean {
  const [op = '', content] = Object.entries(test as JsonObject)[0] ?? []
  const { value: wanted = null, values = [] } = content as { value?: Json; values?: Json[] }
  const value = row.values[column.name] ?? null
  if (op === 'isNull') return value === null
  if (value === null) return false
  if (op === 'in') return values.some((one) => same(value, one, column))
  if (op === 'contains' && column.type === 'JSON') return Array.isArray(value) && value.some((one: Json) => jsonContains(one, wanted))
  if (op === 'contains') return fold(value).includes(fold(wanted))
  if (op === 'startsWith') return fold(value).startsWith(fold(wanted))
  if (op === 'eq') return same(value, wanted, column)
  if (op === 'neq') return !same(value, wanted, column)
  const order = compare(value, wanted, column)
  return { lt: order < 0, lte: order <= 0, gt: order > 0, gte: order >= 0 }[op] ?? false
}

function same(a: Json, b: Json, column: DataColumn): boolean {
  return column.type === 'JSON' ? canonicalJson(a) === canonicalJson(b) : compare(a, b, column) === 0
}

function compareMissingLast(a: Json, b: Json, column: DataColumn): number {
  return a === null || b === null ? Number(a === null) - Number(b === null) : compare(a, b, column)
}

function compare(a: Json, b: Json, { type }: DataColumn): number {
  if (type === 'TEXT') return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)))
  const [x, y] = [comparable(a, type), comparable(b, type)]
  return x < y ? -1 : x > y ? 1 : 0
}

function comparable(value: Json, type: string): number | bigint | string {
  if (type === 'DATETIME') return microseconds(String(value))
  if (type === 'UUID') return String(value).toLowerCase()
  return typeof value === 'boolean' ? Number(value) : (value as number | string)
}

function microseconds(time: string): bigint {
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? ''
  return BigInt(Date.parse(time.replace(/\.\d+/, ''))) * 1000n + BigInt(fraction.padEnd(6, '0').slice(0, 6))
}

function fold(value: Json): string {
  return String(value).toLowerCase().replaceAll('ß', 'ss')
}

function jsonContains(a: Json, b: Json): boolean {
  if (Array.isArray(b)) return Array.isArray(a) && b.every((one: Json) => a.some((other: Json) => jsonContains(other, one)))
  if (isJsonObject(b))
    return isJsonObject(a) && Object.entries(b).every(([key, one]) => Object.hasOwn(a, key) && jsonContains(a[key] ?? null, one))
  return a === b
}

/** `word`, `word word`, `word or word` and `-word`, which is all that the questions use of a search box. */
function found(words: ReadonlySet<string>, search: string): boolean {
  if (search.includes(' or ')) return search.split(' or ').some((word) => words.has(word))
  return search.split(' ').every((word) => (word.startsWith('-') ? !words.has(word.slice(1)) : words.has(word)))
}

function wordsOf(universe: Universe, table: string, { values }: OracleRow): ReadonlySet<string> {
  const isRecords = tableOf(universe, table).kind === 'records'
  const texts = tableOf(universe, table)
    .columns.filter(({ type, listOf }) => type === 'TEXT' || (isRecords && listOf === 'TEXT'))
    .flatMap(({ name }) => values[name] ?? [])
  return new Set(
    texts.flatMap((text) =>
      String(text)
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u),
    ),
  )
}

function sortValue(universe: Universe, table: string, row: OracleRow, name: string): Json {
  const value = wholeValue(universe, table, row, name)
  return typeof value === 'string' ? [...value].slice(0, 200).join('') : value
}

function wholeValue(universe: Universe, table: string, row: OracleRow, name: string): Json {
  const { table: other, column } = columnOf(universe, table, name)
  const from = other.name === table ? row : universe.rows.get(other.name)?.find(({ record }) => record === row.record)
  return from?.values[column.name] ?? null
}

function isTest(filter: Json): boolean {
  return !['all', 'any', 'not', 'search'].includes(Object.keys(filter as JsonObject)[0] ?? '')
}

function columnName(test: Json): string {
  return String(Object.values(test as { [op: string]: { column: string } })[0]?.column)
}

function columnOf(universe: Universe, table: string, name: string): { table: ReadableTable; column: DataColumn } {
  const [prefix, rest] = name.includes('.') ? name.split('.') : [table, name]
  const of = tableOf(universe, prefix ?? '')
  const column = of.columns.find((one) => one.name === rest)
  if (column === undefined) throw new Error(`no column ${name}`)
  return { table: of, column }
}

function tableOf({ dataset }: Universe, name: string): ReadableTable {
  const table = dataset.tables.find((one) => one.name === name)
  if (table === undefined) throw new Error(`no table ${name}`)
  return table
}
