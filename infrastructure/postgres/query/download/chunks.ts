import { sql, type RawBuilder } from 'kysely'
import { to as copyTo } from 'pg-copy-streams'
import type { Database } from '../../session/connection.ts'
import { onConnection, type Borrowed } from './borrowed-connection.ts'
import { orderBy } from '../reading/compile-order.ts'
import { literalSql } from './literal-sql.ts'
import { within, type Place } from './range.ts'
import { readAhead } from './read-ahead.ts'
import { segmentsOf, type StreamedTable } from './streamed-table.ts'

/** How rows are written: what is selected of each, and what COPY makes of that. */
export interface RowFormat {
  /** One row as it is selected. */
  readonly selected: RawBuilder<unknown>
  /** Wraps what was selected, when the format needs another look at it. */
  readonly around?: (rows: RawBuilder<unknown>) => RawBuilder<unknown>
  readonly options: string
}

/** A piece of the output. The one that ends a chunk says how many rows it had; rows end where chunks do. */
export interface Piece {
  readonly bytes: Buffer
  readonly rows?: number
}

const chunkBytes = 3 << 20
const mostRows = 50_000
const firstRows = 2_000
const fastestGrowth = 8

/**
 * All rows of a table in order, as PostgreSQL itself formats them. Each chunk is a statement of its own over a range of
 * keys that is closed on both sides, so that no transaction lasts, nothing comes twice and nothing is left out. How large
 * a chunk is depends on the rows alone, so the same rows make the same chunks.
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
            // An order to stop may reach it when its reader has already finished.
            copy.on('error', ignore)
            let bytes = 0
            for await (const piece of copy as AsyncIterable<Buffer>) {
              bytes += piece.length
              await ahead.put({ bytes: piece }, piece.length)
            }
            // A last chunk may have fewer rows than were thought of, and says nothing of their size.
            if (end !== undefined) size = nextSize(expected, bytes / expected)
            // The number of rows comes a moment after the last of them; whatever is asked next comes back after it.
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

/** The rows between two places: `size` of them, or what is left when it has no end. */
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

/** The place of the last row of the next chunk; undefined when there are not that many any more. */
async function endOf(client: Borrowed, table: StreamedTable, from: Place | undefined, size: number): Promise<Place | undefined> {
  const keys = table.order.map(({ expression }, i) => sql`${expression} as ${sql.id(`key${i}`)}`)
  const place = sql`select ${sql.join(keys)} from ${table.from} where ${table.where} and ${within(table.order, { from })}
    order by ${orderBy(table.order)} offset ${sql.lit(size - 1)} limit 1`
  // Only the one row is turned into text.
  const statement = sql`select ${sql.join(table.order.map((_, i) => sql`${sql.id(`key${i}`)}::text`))} from (${place}) place`
  const { rows } = await client.query({ text: literalSql(statement), rowMode: 'array' })
  return rows[0]
}

function chunkStatement(table: StreamedTable, format: RowFormat, { from, end, size }: Chunk): string {
  // One more than there should be, so that a range with other rows in it than a moment ago does not pass for the same.
  const limit = end === undefined ? sql`` : sql`limit ${sql.lit(size + 1)}`
  const rows = sql`select ${format.selected} from ${table.from} where ${table.where} and ${within(table.order, { from, end })}
    order by ${orderBy(table.order)} ${limit}`
  return `copy (${literalSql(format.around?.(rows) ?? rows)}) to stdout (${format.options})`
}

function nextSize(size: number, bytesPerRow: number): number {
  const fitting = Math.floor(chunkBytes / Math.max(1, bytesPerRow))
  return Math.max(1, Math.min(fitting, size * fastestGrowth, mostRows))
}
