import type { AggregateRow, Aggregation, Measure } from '@strata/domain/dataset'
import { BadUserInput, type Json } from '@strata/domain/shared'
import type { DB } from '@strata/prisma/tables'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { compileReading, type CompiledReading } from './compile-reading.ts'
import { printed, toJson } from './row-values.ts'

/** The groups ordered by key, those without a value last. Without keys there is one group, even without rows. */
export async function aggregateRows(kysely: Kysely<DB>, aggregation: Aggregation): Promise<readonly AggregateRow[]> {
  const { groupBy, measures, reading } = aggregation
  const using = [...groupBy.map(({ of }) => of), ...measures.flatMap(({ of }) => (of === undefined ? [] : [of]))]
  const compiled = await compileReading({ kysely }, reading, { lookup: 'joined', using })
  const { rows } = await refuseOverflow(() => aggregateQuery(compiled, aggregation).execute(kysely))
  return rows.map((row) => ({
    keys: Object.fromEntries(groupBy.map(({ name, of }, i) => [name, toJson(row[`_key_${i}`], of.column)])),
    measures: Object.fromEntries(measures.map((measure, i) => [measure.name, toMeasured(row[`_measure_${i}`], measure)])),
  }))
}

type AggregatedRow = Readonly<Record<string, unknown>>

function aggregateQuery({ from, where, column }: CompiledReading, { groupBy, measures, limit }: Aggregation): RawBuilder<AggregatedRow> {
  const keys = groupBy.map(({ of }) => column(of))
  const selected = [
    ...groupBy.map(({ of }, i) => sql`${printed(column(of), of.column)} as ${sql.id(`_key_${i}`)}`),
    ...measures.map((measure, i) => sql`${measured(measure, measure.of && column(measure.of))} as ${sql.id(`_measure_${i}`)}`),
  ]
  const grouping = keys.length === 0 ? sql`` : sql` group by ${sql.join(keys)} order by ${sql.join(keys)}`
  return sql<AggregatedRow>`select ${sql.join(selected)} from ${from} where ${where}${grouping} limit ${limit}`
}

function measured({ op, of }: Measure, column: RawBuilder<unknown> | undefined): RawBuilder<unknown> {
  if (of === undefined || column === undefined) return sql`count(*)`
  switch (op) {
    case 'COUNT':
      return sql`count(${column})`
    case 'COUNT_DISTINCT':
      return sql`count(distinct ${column})`
    case 'SUM':
      return sql`sum(${column})`
    case 'AVG':
      return sql`avg(${column})::double precision`
    case 'MEDIAN':
      return sql`percentile_cont(0.5) within group (order by ${column})`
    case 'MIN':
      return printed(sql`min(${column})`, of.column)
    case 'MAX':
      return printed(sql`max(${column})`, of.column)
  }
}

function toMeasured(value: unknown, { op, of }: Measure): Json {
  if (op === 'COUNT' || op === 'COUNT_DISTINCT') return Number(value)
  if (op === 'SUM' && of?.column.type === 'INTEGER' && value !== null) return wholeNumber(String(value))
  return toJson(value, op === 'MIN' || op === 'MAX' ? (of?.column ?? { type: 'JSON' }) : { type: 'NUMBER' })
}

/** A number if JSON can represent it exactly, otherwise text: a sum of whole numbers is unbounded. */
function wholeNumber(digits: string): Json {
  const number = Number(digits)
  return Number.isSafeInteger(number) ? number : digits
}

/** PostgreSQL fails with the code 22003 when a sum overflows. */
async function refuseOverflow<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === '22003')) throw error
    throw new BadUserInput('A sum of these numbers exceeds the largest number; measure fewer rows, or use MEDIAN, MIN and MAX.', 'measures')
  }
}
