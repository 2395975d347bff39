import type { StoredFile } from '@strata/domain/record'
import type { OutputFile, RunJson } from '@strata/domain/run'
import { sql } from 'kysely'
import type { Database } from '../session/connection.ts'
import { transaction, type Transaction } from '../session/transaction.ts'
import { dropReferences } from './file-reference.ts'

/** A run whose files can be moved to the storage. */
export interface EndedRun {
  readonly run: string
  /** The lease under which it ended; part of the path of its results. */
  readonly lease: number
  readonly outputs: readonly OutputFile[]
}

/** The files of ended runs. */
export function runFiles(database: Database) {
  const { kysely } = database
  return {
    /** Those of the runs that ended long enough ago that their files are not in use. */
    async ended(runs: readonly string[], o: { readonly forSeconds: number }): Promise<readonly EndedRun[]> {
      const { rows } = await sql<{ id: string; leases: number; run_json: RunJson | null }>`
        select id, leases, run_json from hook_run
        where id = any(${runs}::uuid[]) and finished_at <= clock_timestamp() - make_interval(secs => ${o.forSeconds})`.execute(kysely)
      return rows.map(({ id, leases, run_json }) => ({ run: id, lease: leases, outputs: run_json?.outputs ?? [] }))
    },

    /** Ended runs whose log is still in pieces. */
    async withLooseLog(limit: number, o: { readonly forSeconds: number }): Promise<readonly string[]> {
      const { rows } = await sql<{ run: string }>`
        select distinct run_log.run from run_log join hook_run on hook_run.id = run_log.run
        where hook_run.finished_at < clock_timestamp() - make_interval(secs => ${o.forSeconds})
        limit ${limit}`.execute(kysely)
      return rows.map(({ run }) => run)
    },

    /** Of a run over a removed record nothing is kept. */
    async isErased(run: string): Promise<boolean> {
      const { rows } = await sql`select where is_erased('RUN', ${run})`.execute(kysely)
      return rows.length > 0
    },

    /** The names of a run's files that are done: stored, or impossible to store. */
    async namesOf(run: string): Promise<ReadonlySet<string>> {
      const { rows } = await sql<{ name: string }>`
        select name from run_file where run = ${run} union all select name from run_file_loss where run = ${run}`.execute(kysely)
      return new Set(rows.map(({ name }) => name))
    },

    add: (run: string, name: string, file: StoredFile) => transaction(database, (tx) => add(tx, run, name, file)),

    async giveUp({ run, name, reason }: { readonly run: string; readonly name: string; readonly reason: string }): Promise<void> {
      await sql`insert into run_file_loss (run, name, reason) values (${run}, ${name}, ${reason}) on conflict do nothing`.execute(kysely)
    },

    /** Removes at most `limit` files after their retention time; returns how many. */
    expire: (days: number, limit: number) => transaction(database, (tx) => expire(tx, days, limit)),
  }
}

async function add({ kysely }: Transaction, run: string, name: string, { digest, size }: StoredFile): Promise<void> {
  // The removal of one of its records locks the run. What comes after that is erased, too.
  await sql`select from hook_run where id = ${run} for share`.execute(kysely)
  await sql`
    insert into erasure (withdrawal, kind, name)
    select distinct withdrawal, 'FILE'::erasure_kind, ${digest} from erasure where kind = 'RUN' and name = ${run}
    on conflict (withdrawal, kind, name) do nothing`.execute(kysely)
  const isErased = await sql`select where is_erased('RUN', ${run})`.execute(kysely)
  if (isErased.rows.length > 0) return
  await sql`insert into run_file (run, name, digest, size) values (${run}, ${name}, ${digest}, ${size}) on conflict do nothing`.execute(
    kysely,
  )
  await sql`update file set referenced_at = now() where digest = ${digest} and referenced_at is null`.execute(kysely)
  if (name === 'log') await sql`delete from run_log where run = ${run}`.execute(kysely)
}

async function expire({ kysely }: Transaction, days: number, limit: number): Promise<number> {
  const { rows } = await sql<{ digest: string }>`
    delete from run_file where (run, name) in (
      select run, name from run_file where kept_at < now() - make_interval(days => ${days})
      order by kept_at limit ${limit} for update skip locked
    )
    returning digest`.execute(kysely)
  await dropReferences(
    kysely,
    rows.map(({ digest }) => digest),
  )
  return rows.length
}
