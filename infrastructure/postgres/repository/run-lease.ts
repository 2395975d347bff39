import { randomUUID } from 'node:crypto'
import { LeaseLost, type Lease, type RunAttempt, type RunLeases, type TakenRun } from '@strata/domain/run'
import type { FeatureSpec } from '@strata/domain/registry'
import type { DB } from '@strata/prisma/tables'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../session/connection.ts'
import { transaction, type Transaction } from '../session/transaction.ts'
import { toRelease } from '../mappers/registry.ts'
import { toAttempt, toRun } from '../mappers/run.ts'
import { nextRun } from './next-run.ts'

/** Every write is conditional on the token, so a worker without the lease writes nothing. */
export function runLeases(database: Database): RunLeases {
  const { kysely } = database
  return {
    next: (o) => nextRun(database, o),

    take: (run, worker, seconds) => transaction(database, (tx) => take(tx, run, worker, seconds)),

    async extend(lease, seconds) {
      const { rows } = await sql<{ cancelled: boolean }>`
        update hook_run set heartbeat_at = now(), lease_expires_at = now() + make_interval(secs => ${seconds})
        where ${isHeld(lease)}
        returning cancelled_at is not null as cancelled`.execute(kysely)
      if (rows[0] === undefined) return 'lost'
      return rows[0].cancelled ? 'cancelled' : 'held'
    },

    async giveBack(lease) {
      await sql`
        update hook_run
        set status = 'QUEUED', lease_token = null, lease_expires_at = null, worker = null, queued_at = null
        where ${isHeld(lease)}`.execute(kysely)
      await sql`notify strata_runs`.execute(kysely)
    },

    startAttempt: (lease, attempt) => transaction(database, (tx) => startAttempt(tx, lease, attempt)),

    async endAttempt(lease, number, observed) {
      const ended = await sql`
        update run_attempt
        set finished_at = ${observed.finishedAt}, exit_code = ${observed.exitCode ?? null}, signal = ${observed.signal ?? null},
          isolation = ${observed.isolation}::text[],
          failure_kind = ${observed.failure?.kind ?? null}, failure_message = ${observed.failure?.message ?? null}
        where run = ${lease.run} and number = ${number} and finished_at is null
          and exists (select from hook_run where ${isHeld(lease)} for key share)`.execute(kysely)
      if (ended.numAffectedRows !== 1n) throw new LeaseLost(lease.run)
    },

    attempts: (run) => attemptsOf(kysely, run),
  }
}

async function take(tx: Transaction, run: string, worker: string, seconds: number): Promise<TakenRun | undefined> {
  const token = randomUUID()
  const taken = await sql`
    update hook_run
    set status = 'RUNNING', lease_token = ${token}, lease_expires_at = now() + make_interval(secs => ${seconds}),
      heartbeat_at = now(), worker = ${worker}, leases = leases + 1, started_at = coalesce(started_at, now())
    where id = ${run} and status = 'QUEUED'`.execute(tx.kysely)
  if (taken.numAffectedRows !== 1n) return undefined

  const row = await tx.kysely.selectFrom('hook_run').selectAll().where('id', '=', run).executeTakeFirstOrThrow()
  const batch = await tx.prisma.batch.findUniqueOrThrow({ where: { id: row.batch_id } })
  const release = await tx.prisma.hookRelease.findUniqueOrThrow({ where: { id: row.release_id }, include: { hookRow: true } })
  return {
    ...toRun(row),
    lease: { run, token },
    leases: row.leases,
    release: toRelease(release),
    feature: release.hookRow.feature as unknown as FeatureSpec,
    recordIds: batch.recordIds,
    candidates: batch.candidates,
    memoryBytes: Number(row.memory_bytes),
    attempts: await attemptsOf(tx.kysely, run),
    isCancelled: row.cancelled_at !== null,
    origin: { actor: row.actor, requestId: row.request_id ?? undefined },
  }
}

async function startAttempt(tx: Transaction, lease: Lease, attempt: RunAttempt): Promise<void> {
  const { because, memoryBytes } = attempt
  const held = await sql`
    update hook_run
    set memory_bytes = ${memoryBytes}, oom_retries = oom_retries + ${because === 'oom' ? 1 : 0}
    where ${isHeld(lease)}`.execute(tx.kysely)
  if (held.numAffectedRows !== 1n) throw new LeaseLost(lease.run)
  await sql`
    insert into run_attempt (run, number, because, records, memory_bytes, cpu_millis, timeout_seconds, isolation, started_at)
    values (${lease.run}, ${attempt.number}, ${because}, ${attempt.records}, ${memoryBytes}, ${attempt.cpuMillis},
      ${attempt.timeoutSeconds}, ${attempt.isolation}::text[], ${attempt.startedAt})`.execute(tx.kysely)
}

async function attemptsOf(kysely: Kysely<DB>, run: string): Promise<readonly RunAttempt[]> {
  const rows = await kysely.selectFrom('run_attempt').selectAll().where('run', '=', run).orderBy('number').execute()
  return rows.map(toAttempt)
}

function isHeld({ run, token }: Lease) {
  return sql`id = ${run} and lease_token = ${token} and status = 'RUNNING'`
}
