import { edgesOfNumbers, edgesOfWhole, type Histogram, type HistogramRequest } from '@strata/domain/dataset'
import type { Json } from '@strata/domain/shared'
import type { DB } from '@strata/prisma/tables'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { compileReading, type CompiledReading } from './compile-reading.ts'

/** Runs in a snapshot: the edges from the first query must contain all rows that the second one counts. */
export async function bucketRows(kysely: Kysely<DB>, request: HistogramRequest): Promise<Histogram> {
  const compiled = await compileReading({ kysely }, request.reading, { lookup: 'joined', using: [request.of] })
  const { low, high, nulls } = await boundsOf(kysely, compiled, request)
  const column = request.of.name
  if (low === null || high === null) return { column, buckets: [], nulls }
  const edges = edgesBetween(low, high, request)
  const counts = await countsBetween(kysely, compiled, request, edges)
  const buckets = edges.map((edge, i) => ({
    from: edge.shown,
    to: (edges[i + 1] ?? edgeOf(high, request)).shown,
    count: counts.get(i + 1) ?? 0n,
  }))
  return { column, buckets, nulls }
}

interface Bounds {
  /** Days, microseconds, or plain numbers. */
  readonly low: bigint | number | null
  readonly high: bigint | number | null
  readonly nulls: bigint
}

async function boundsOf(kysely: Kysely<DB>, compiled: CompiledReading, request: HistogramRequest): Promise<Bounds> {
  const { rows } = await boundsQuery(compiled, request).execute(kysely)
  return rows[0] ?? { low: null, high: null, nulls: 0n }
}

function boundsQuery({ from, where, column }: CompiledReading, { of }: HistogramRequest): RawBuilder<Bounds> {
  const x = column(of)
  return sql<Bounds>`
    select ${counted(sql`min(${x})`, of.column.type)} as low, ${counted(sql`max(${x})`, of.column.type)} as high, count(*) - count(${x}) as nulls
    from ${from} where ${where}`
}

function counted(time: RawBuilder<unknown>, type: string): RawBuilder<unknown> {
  if (type === 'DATE') return sql`(${time} - date '1970-01-01')::bigint`
  if (type === 'DATETIME') return sql`(extract(epoch from ${time}) * 1000000)::bigint`
  return sql`${time}::double precision`
}

async function countsBetween(
  kysely: Kysely<DB>,
  compiled: CompiledReading,
  request: HistogramRequest,
  edges: readonly Edge[],
): Promise<ReadonlyMap<number, bigint>> {
  const { rows } = await bucketQuery(
    compiled,
    request,
    edges.map(({ asked }) => asked),
  ).execute(kysely)
  return new Map(rows.map(({ bucket, count }) => [bucket, count]))
}

function bucketQuery({ from, where, column }: CompiledReading, { of }: HistogramRequest, edges: readonly (string | number)[]) {
  const x = column(of)
  const type = of.column.type === 'DATE' ? 'date' : of.column.type === 'DATETIME' ? 'timestamptz' : 'double precision'
  return sql<{ bucket: number; count: bigint }>`
    select width_bucket(${x}::${sql.raw(type)}, ${edges}::${sql.raw(type)}[]) as bucket, count(*)
    from ${from} where ${where} and ${x} is not null
    group by 1`
}

interface Edge {
  readonly asked: string | number
  readonly shown: Json
}

function edgesBetween(low: bigint | number, high: bigint | number, request: HistogramRequest): readonly Edge[] {
  const edges =
    typeof low === 'bigint' || typeof high === 'bigint'
      ? edgesOfWhole(BigInt(low), BigInt(high), request.buckets)
      : edgesOfNumbers(low, high, request.buckets)
  return edges.map((edge) => edgeOf(edge, request))
}

function edgeOf(edge: bigint | number, { of }: HistogramRequest): Edge {
  if (typeof edge === 'number') return { asked: edge, shown: edge }
  const text = of.column.type === 'DATE' ? isoTime(edge * 86_400_000_000n).slice(0, 10) : isoTime(edge)
  return { asked: text, shown: text }
}

/** Prints like other values of this type: with microseconds, without trailing zeros. */
function isoTime(micros: bigint): string {
  const within = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n
  const seconds = new Date(Number((micros - within) / 1_000n)).toISOString().slice(0, 19)
  const fraction = within === 0n ? '' : `.${String(within).padStart(6, '0').replace(/0+$/, '')}`
  return `${seconds}${fraction}Z`
}
