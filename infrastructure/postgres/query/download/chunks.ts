import { sql, type RawBuilder } from 'kysely'
import { to as copyTo } from 'pg-copy-streams'
import type { Database } from '../../session/connection.ts'
import { onConnection, type Borrowed } from './borrowed-connection.ts'
import { orderBy } from '../reading/compile-order.ts'
import { literalSql } from './literal-sql.ts'
import { within, type Place } from './range.ts'
import { readAhead } from './read-ahead.ts'
import { segmentsOf, type StreamedTable } from './streamed-table.ts'

/** The format of rows: what is selected, and the COPY options. */
export interface RowFormat {
  /** One row as it is selected. */
  readonly selected: RawBuilder<unknown>
  /** Wraps the selected rows, if the format needs another query around them. */
  readonly around?: (rows: RawBuilder<unknown>) => RawBuilder<unknown>
  readonly options: string
}

/** A piece of the output. The last piece of a chunk has its number of rows; chunks end at row boundaries. */
export interface Piece {
  readonly bytes: Buffer
  readonly rows?: number
}

const chunkBytes = 3 << 20
const mostRows = 50_000
const firstRows = 2_000
const fastestGrowth = 8

/**
 * All rows of a table in order, formatted by PostgreSQL. Each chunk is a separate statement over a range of keys that is closed on
 * both sides, so no transaction stays open, no row is repeated and none is left out. The size of a chunk depends only on the
 * rows, so the same rows give the same chunks.
 */
export function copyInChunks(
  database: Pick<Database, 'pool' | 'url'>,
  table: StreamedTable,
  format: RowFormat,
  signal: AbortSignal,
): AsyncGenerator<Piece, void> {
  return readAhead<Piece>(
    async (ahead, stop) => {
      let size = firstRows
      for (const segment of segmentsOf(table)) {
        let chunk: Chunk | undefined = await onConnection(database, stop, (client) => firstChunk(client, segment, size))
        while (chunk !== undefined) {
          const { from, end, size: expected }: Chunk = chunk
          await ahead.untilWanted()
          chunk = await onConnection(database, stop, async (client): Promise<Chunk | undefined> => {
            const copy = client.query(copyTo(chunkStatement(segment, format, { from, end, size: expected }), { highWaterMark: 1 << 18 }))
            // A cancel request may arrive after the reader has finished.
            copy.on('error', ignore)
            let bytes = 0
            for await (const piece of copy as AsyncIterable<Buffer>) {
              bytes += piece.length
              await ahead.put({ bytes: piece }, piece.length)
            }
            // The last chunk may have fewer rows than expected, so its size says nothing about the rows.
            if (end !== undefined) size = nextSize(expected, bytes / expected)
            // The row count arrives a moment after the last row; the next query's result comes after it.
            const next: Chunk | undefined =
              end === undefined ? undefined : { from: end, end: await endOf(client, segment, end, size), size }
            if (end === undefined) await client.query('')
            await ahead.put({ bytes: nothing, rows: rowsOf(copy.rowCount, end, expected) }, 0)
            return next
          })
        }
      }
    },
    { enough: chunkBytes / 2, most: 8 * chunkBytes, signal },
  )
}

/** The rows between two places: `size` of them or, without an end, all that are left. */
interface Chunk {
  readonly from: Place | undefined
  readonly end: Place | undefined
  readonly size: number
}

async function firstChunk(client: Borrowed, table: StreamedTable, size: number): Promise<Chunk> {
  return { from: undefined, end: await endOf(client, table, undefined, size), size }
}

function rowsOf(copied: number, end: Place | undefined, expected: number): number {
  if (end === undefined || copied === expected) return copied
  throw new Error(`A chunk of ${expected} rows had ${copied}: what is read is not as it was a moment ago.`)
}

const nothing = Buffer.alloc(0)

function ignore(): void {}

/** The place of the last row of the next chunk; undefined when fewer rows are left. */
async function endOf(client: Borrowed, table: StreamedTable, from: Place | undefined, size: number): Promise<Place | undefined> {
  const keys = table.order.map(({ expression }, i) => sql`${expression} as ${sql.id(`key${i}`)}`)
  const place = sql`select ${sql.join(keys)} from ${table.from} where ${table.where} and ${within(table.order, { from })}
    order by ${orderBy(table.order)} offset ${sql.lit(size - 1)} limit 1`
  // Converts only this one row to text.
  const statement = sql`select ${sql.join(table.order.map((_, i) => sql`${sql.id(`key${i}`)}::text`))} from (${place}) place`
  const { rows } = await client.query({ text: literalSql(statement), rowMode: 'array' })
  return rows[0]
}

function chunkStatement(table: StreamedTable, format: RowFormat, { from, end, size }: Chunk): string {
  // Reads one more row than expected, to detect that the range has changed since.
  const limit = end === undefined ? sql`` : sql`limit ${sql.lit(size + 1)}`
  const rows = sql`select ${format.selected} from ${table.from} where ${table.where} and ${within(table.order, { from, end })}
    order by ${orderBy(table.order)} ${limit}`
  return `copy (${literalSql(format.around?.(rows) ?? rows)}) to stdout (${format.options})`
}

function nextSize(size: number, bytesPerRow: number): number {
  const fitting = Math.floor(chunkBytes / Math.max(1, bytesPerRow))
  return Math.max(1, Math.min(fitting, size * fastestGrowth, mostRows))
}
