import type { RunLogs, RunStatus } from '@strata/domain/run'
import type { Blobs, Digest } from '@strata/domain/shared'
import { sql } from 'kysely'
import type { Database } from '../setup/connection.ts'
import { standingColumns, toStanding, type StandingRow } from './run-standing.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const bytesPerRead = 1 << 18
const maxTailBytes = 1 << 20

/** What hooks printed: in pieces while their run goes on, afterwards one file in the storage. */
export function runLogs({ kysely }: Pick<Database, 'kysely'>, blobs: Pick<Blobs, 'open'>): RunLogs {
  async function read(run: string, from: number, most: number): Promise<Buffer> {
    const pieces = await piecesFrom(run, from, most)
    if (pieces.length > 0) return pieces
    const { rows } = await sql<{ digest: Digest; size: bigint }>`
      select digest, size from run_file where run = ${run} and name = 'log'`.execute(kysely)
    const file = rows[0]
    if (file === undefined || Number(file.size) <= from) return Buffer.alloc(0)
    const content = await blobs.open(file.digest, { start: from, end: Math.min(Number(file.size), from + most) - 1 })
    return content === undefined ? Buffer.alloc(0) : Buffer.concat(await Array.fromAsync(content))
  }

  async function piecesFrom(run: string, from: number, most: number): Promise<Buffer> {
    const { rows } = await sql<{ position: bigint; data: Buffer }>`
      select position, data from run_log
      where run = ${run} and position >= coalesce((select max(position) from run_log where run = ${run} and position <= ${from}), 0)
        and position < ${from + most}
      order by position`.execute(kysely)
    const [first] = rows
    return first === undefined ? Buffer.alloc(0) : Buffer.concat(rows.map(({ data }) => data)).subarray(Math.max(0, from - Number(first.position)))
  }

  async function size(run: string): Promise<number> {
    const { rows } = await sql<{ size: bigint | null }>`
      select coalesce(
        (select max(position + length(data)) from run_log where run = ${run}),
        (select size from run_file where run = ${run} and name = 'log')
      ) as size`.execute(kysely)
    return Number(rows[0]?.size ?? 0)
  }

  return {
    async state(run) {
      if (!uuid.test(run)) return undefined
      const { rows } = await sql<{ status: RunStatus } & StandingRow>`
        select hook_run.status, ${standingColumns}
        from hook_run join batch on batch.id = hook_run.batch_id
        where hook_run.id = ${run}`.execute(kysely)
      return rows[0] && { status: rows[0].status, ...toStanding(rows[0]) }
    },

    read: (run, from) => read(run, from, bytesPerRead),

    async tail(run, lines) {
      const end = await size(run)
      if (end === 0) return undefined
      const from = Math.max(0, end - maxTailBytes)
      const text = (await read(run, from, maxTailBytes)).toString('utf8').split('\n')
      if (text.at(-1) === '') text.pop()
      // The first line may be the end of one.
      const found = (from > 0 ? text.slice(1) : text).slice(-lines)
      return found.length === 0 ? undefined : `${found.join('\n')}\n`
    },
  }
}
