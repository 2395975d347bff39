import { BadUserInput, isJsonObject, type ColumnType } from '@strata/domain/shared'
import type { ResolvedColumn, Scope } from './column.ts'
import { resolveOne } from './parse-order.ts'
import { typeName } from './parse-test.ts'
import { parseReading, type Reading, type ReadingInput } from './reading.ts'
import type { ReadableDataset } from './readable.ts'

/** Groups of rows with equal values in some columns, and measures of each group. */
export interface Aggregation {
  readonly reading: Reading
  readonly groupBy: readonly GroupKey[]
  readonly measures: readonly Measure[]
  readonly limit: number
}

interface GroupKey {
  /** The column's name in the answer. */
  readonly name: string
  readonly of: ResolvedColumn
}

export interface Measure {
  /** `count`, or like `avg(score)`. */
  readonly name: string
  readonly op: MeasureOp
  /** Undefined for COUNT of rows. */
  readonly of: ResolvedColumn | undefined
}

const measureOps = ['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX', 'MEDIAN'] as const
type MeasureOp = (typeof measureOps)[number]

export interface AggregationInput extends Pick<ReadingInput, 'table' | 'filter' | 'versions'> {
  readonly groupBy?: readonly string[] | null | undefined
  readonly measures: unknown
  readonly limit?: number | null | undefined
}

const mostGroupKeys = 4
const mostMeasures = 20
const mostGroups = 1_000

export function parseAggregation(dataset: ReadableDataset, input: AggregationInput): Aggregation {
  const reading = parseReading(dataset, { table: input.table, filter: input.filter, versions: input.versions })
  const limit = input.limit ?? 100
  if (!Number.isInteger(limit) || limit < 1 || limit > mostGroups) throw new BadUserInput(`"limit" is 1 to ${mostGroups}.`, 'limit')
  return { reading, groupBy: parseGroupBy(input.groupBy ?? [], reading), measures: parseMeasures(input.measures, reading), limit }
}

function parseGroupBy(names: readonly string[], scope: Scope): readonly GroupKey[] {
  if (names.length > mostGroupKeys)
    throw new BadUserInput(`Rows are grouped by at most ${mostGroupKeys} columns; these are ${names.length}.`, 'groupBy')
  return names.map((name, i) => {
    const path = `groupBy.${i}`
    const of = resolveOne(name, scope, path, '"groupBy" takes')
    if (of.column.type === 'JSON') throw new BadUserInput(`Rows cannot be grouped by "${name}": it is ${typeName(of.column)}.`, path)
    if (names.indexOf(name) < i) throw new BadUserInput(`"${name}" appears twice.`, path)
    return { name, of }
  })
}

function parseMeasures(input: unknown, scope: Scope): readonly Measure[] {
  if (!Array.isArray(input) || input.length === 0)
    throw new BadUserInput('"measures" is empty; the simplest measure is { op: COUNT }.', 'measures')
  if (input.length > mostMeasures)
    throw new BadUserInput(`At most ${mostMeasures} measures are allowed; these are ${input.length}.`, 'measures')
  const measures = input.map((one: unknown, i) => parseMeasure(one, scope, `measures.${i}`))
  return measures.filter(({ name }, i) => measures.findIndex((other) => other.name === name) === i)
}

function parseMeasure(input: unknown, scope: Scope, path: string): Measure {
  if (!isJsonObject(input) || !isMeasureOp(input['op']))
    throw new BadUserInput(`A measure's "op" is one of ${measureOps.join(', ')}.`, `${path}.op`)
  const { op, column: name } = input
  if (name === null || name === undefined) {
    if (op === 'COUNT') return { name: 'count', op, of: undefined }
    throw new BadUserInput(`${op} needs a column; name one.`, `${path}.column`)
  }
  if (typeof name !== 'string') throw new BadUserInput(`"${path}.column" should be the name of a column.`, `${path}.column`)
  const of = resolveOne(name, scope, `${path}.column`, 'Measures take')
  if (!measurable[op].has(of.column.type)) {
    const types = [...measurable[op]].join(', ')
    throw new BadUserInput(`${op} applies to ${types}, and "${name}" is ${typeName(of.column)}.`, `${path}.column`)
  }
  return { name: `${op.toLowerCase()}(${name})`, op, of }
}

const numbers: ReadonlySet<ColumnType> = new Set(['NUMBER', 'INTEGER'])
const ordered: ReadonlySet<ColumnType> = new Set(['NUMBER', 'INTEGER', 'TEXT', 'DATE', 'DATETIME'])
const any: ReadonlySet<ColumnType> = new Set(['NUMBER', 'INTEGER', 'TEXT', 'DATE', 'DATETIME', 'BOOLEAN', 'UUID', 'JSON'])
const measurable: Readonly<Record<MeasureOp, ReadonlySet<ColumnType>>> = {
  COUNT: any,
  COUNT_DISTINCT: any,
  SUM: numbers,
  AVG: numbers,
  MEDIAN: numbers,
  MIN: ordered,
  MAX: ordered,
}

function isMeasureOp(value: unknown): value is MeasureOp {
  return measureOps.some((op) => op === value)
}
