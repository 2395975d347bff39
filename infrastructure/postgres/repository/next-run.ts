import type { NextRun, WaitingRun } from '@strata/domain/run'
import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'
import { excluding } from './waiting-runs.ts'

/** One look-up in the index `hook_run_waiting` per convention, regardless of the number of waiting runs. */
export async function nextRun(
  { kysely }: Pick<Transaction, 'kysely'>,
  { except, chosen, fullHooks }: NextRun,
): Promise<WaitingRun | undefined> {
  const { rows } = await sql<Omit<WaitingRun, 'memoryBytes' | 'requestId'> & { memory: string; request: string | null }>`
    with under_way as (
      select convention, count(*) as runs from hook_run
      where status = 'RUNNING' or (status = 'QUEUED' and id = any(${chosen}::uuid[]))
      group by convention
    )
    select waiting.id as run, waiting.convention, waiting.hook, waiting.priority, waiting.memory_bytes as memory, waiting.request_id as request,
      release.runtime
    from convention
    cross join lateral (
      select * from hook_run
      where status = 'QUEUED' and hook_run.convention = convention.slug and id <> all(${chosen}::uuid[]) and hook <> all(${fullHooks}::text[])
        ${excluding(except)}
      order by priority, id
      limit 1
    ) waiting
    join hook_release release on release.id = waiting.release_id
    left join under_way on under_way.convention = waiting.convention
    order by waiting.priority = 'INTERACTIVE' desc, coalesce(under_way.runs, 0), waiting.priority, waiting.id
    limit 1`.execute(kysely)
  const [row] = rows
  if (row === undefined) return undefined
  const { memory, request, ...waiting } = row
  return { ...waiting, memoryBytes: Number(memory), requestId: request ?? undefined }
}
