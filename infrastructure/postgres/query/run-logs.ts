import type { RunLogs, RunStatus } from '@strata/domain/run'
import type { Blobs, Digest } from '@strata/domain/shared'
import { sql } from 'kysely'
import type { Database } from '../session/connection.ts'
import { readTogether } from './read-together.ts'
import { standingColumns, toStanding, type StandingRow } from './run-standing.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const bytesPerRead = 1 << 18
const maxTailBytes = 1 << 20

/** The logs of hooks: pieces in the database while their run goes on, and one stored file afterwards. */
export function runLogs({ kysely }: Pick<Database, 'kysely'>, blobs: Pick<Blobs, 'open'>): RunLogs {
  /** Each run's bytes from its position: from the database while they are there, otherwise from its file. */
  async function read(stretches: readonly Stretch[], most: number): Promise<Buffer[]> {
    const pieces = await readTogether(
      { kysely },
      stretches.map((stretch) => piecesFrom(stretch, most)),
    )
    const put = pieces.map((rows, i) => {
      const [first] = rows
      return first === undefined
        ? undefined
        : Buffer.concat(rows.map(({ data }) => data)).subarray(Math.max(0, (stretches[i]?.from ?? 0) - Number(first.position)))
    })
    const missing = stretches.filter((_, i) => (put[i]?.length ?? 0) === 0)
    const fromFiles = new Map(
      await Promise.all((await filesOf(missing)).map(async (file) => [file.run, await readFile(file, most)] as const)),
    )
    return stretches.map(({ run }, i) => (put[i]?.length ? put[i] : (fromFiles.get(run) ?? Buffer.alloc(0))))
  }

  async function filesOf(stretches: readonly Stretch[]): Promise<readonly KeptLog[]> {
    if (stretches.length === 0) return []
    const { rows } = await sql<{ run: string; digest: Digest; size: bigint }>`
      select run, digest, size from run_file where run = any(${stretches.map(({ run }) => run)}::uuid[]) and name = 'log'`.execute(kysely)
    const byRun = new Map(rows.map((row) => [row.run, row]))
    return stretches.flatMap(({ run, from }) => {
      const file = byRun.get(run)
      return file === undefined ? [] : [{ run, from, digest: file.digest, size: Number(file.size) }]
    })
  }

  async function readFile({ digest, size, from }: KeptLog, most: number): Promise<Buffer> {
    if (size <= from) return Buffer.alloc(0)
    const content = await blobs.open(digest, { start: from, end: Math.min(size, from + most) - 1 })
    return content === undefined ? Buffer.alloc(0) : Buffer.concat(await Array.fromAsync(content))
  }

  async function sizes(runs: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const { rows } = await sql<{ run: string; size: bigint | null }>`
      select run, coalesce(
        (select max(position + length(data)) from run_log where run_log.run = asked.run),
        (select size from run_file where run_file.run = asked.run and name = 'log')
      ) as size
      from unnest(${[...runs]}::uuid[]) asked (run)`.execute(kysely)
    return new Map(rows.map(({ run, size }) => [run, Number(size ?? 0)]))
  }

  return {
    async states(runs) {
      const { rows } = await sql<{ id: string; status: RunStatus } & StandingRow>`
        select hook_run.id, hook_run.status, ${standingColumns}
        from hook_run join batch on batch.id = hook_run.batch_id
        where hook_run.id = any(${runs.filter((run) => uuid.test(run))}::uuid[])`.execute(kysely)
      const byRun = new Map(rows.map((row) => [row.id, { status: row.status, ...toStanding(row) }]))
      return runs.map((run) => byRun.get(run))
    },

    read: async (run, from) => (await read([{ run, from }], bytesPerRead))[0] ?? Buffer.alloc(0),

    async tails(wanted) {
      if (wanted.length === 0) return []
      const ends = await sizes(wanted.map(({ run }) => run))
      const begins = wanted.map(({ run }) => ({ run, from: Math.max(0, (ends.get(run) ?? 0) - maxTailBytes) }))
      const texts = await read(
        begins.filter(({ run }) => (ends.get(run) ?? 0) > 0),
        maxTailBytes,
      )
      const byRun = new Map(
        begins
          .filter(({ run }) => (ends.get(run) ?? 0) > 0)
          .map(({ run, from }, i) => [run, { from, text: texts[i]?.toString('utf8') ?? '' }]),
      )
      return wanted.map(({ run, lines }) => lastLines(byRun.get(run), lines))
    },
  }
}

/** A part of a run's log, from a position. */
interface Stretch {
  readonly run: string
  readonly from: number
}

interface KeptLog extends Stretch {
  readonly digest: Digest
  readonly size: number
}

function piecesFrom({ run, from }: Stretch, most: number) {
  return sql<{ position: bigint; data: Buffer }>`
    select position, data from run_log
    where run = ${run} and position >= coalesce((select max(position) from run_log where run = ${run} and position <= ${from}), 0)
      and position < ${from + most}
    order by position`
}

function lastLines(stretch: { readonly from: number; readonly text: string } | undefined, count: number): string | undefined {
  const lines = stretch?.text.split('\n') ?? []
  if (lines.at(-1) === '') lines.pop()
  // The first line may be only the end of a line.
  const found = (stretch !== undefined && stretch.from > 0 ? lines.slice(1) : lines).slice(-count)
  return found.length === 0 ? undefined : `${found.join('\n')}\n`
}
