import { randomUUIDv7 } from 'node:crypto'
import type { HeldRecord, RecordId, WithdrawalKind, WithdrawalStore } from '@strata/domain/record'
import type { Slug } from '@strata/domain/shared'
import { sql } from 'kysely'
import { noteTarget } from '../session/current-change.ts'
import type { Transaction } from '../session/transaction.ts'
import { enterCoverage, leaveCoverage } from './coverage.ts'
import { claimAllCoverage, eraseRecord } from './erase-record.ts'

export function withdrawalStore(tx: Transaction): WithdrawalStore {
  return {
    async hold({ identity, version }) {
      const locked = await sql`select from record where id = ${identity} and version = 1 for update`.execute(tx.kysely)
      if (locked.rows.length === 0) return undefined
      noteTarget(`record:${identity}`)
      // A statement of its own: it sees what was committed while the lock was waited for.
      const { rows } = await sql<HeldRow>`
        select newest.id as newest, coalesce(named.id, newest.id) as named, ${version ?? null}::int is null or named.id is not null as exists,
          newest.convention, kind, reason, actor, at
        from (select * from record where identity = ${identity} order by version desc limit 1) newest
        left join record named on named.identity = ${identity} and named.version = ${version ?? null}::int
        left join withdrawal on withdrawal.record = ${identity} and restored_at is null`.execute(tx.kysely)
      const [row] = rows
      return row?.exists === true ? toHeld(identity, row) : undefined
    },

    async withdraw(record, { kind, reason, actor, id = randomUUIDv7() }) {
      if (kind === 'REMOVED') await claimAllCoverage(tx)
      const at = await momentOf(tx, record)
      if (record.withdrawn === undefined) await stopCounting(tx, record)
      else await endRetraction(tx, record, { at, reason: `Removed: ${reason}`, actor })
      await sql`
        insert into withdrawal (id, record, convention, kind, reason, actor, at)
        values (${id}, ${record.identity}, ${record.convention}, ${kind}::withdrawal_kind, ${reason}, ${actor}, ${at}::timestamptz)`.execute(
        tx.kysely,
      )
      await sql`
        insert into absence (record, convention, since, withdrawal) values (${record.newest}, ${record.convention}, ${at}::timestamptz, ${id})`.execute(
        tx.kysely,
      )
      return id
    },

    async restore(record, by) {
      await endRetraction(tx, record, { ...by, at: await momentOf(tx, record) })
      await addToCount(tx, record, 1)
      await enterCoverage(tx, record.convention, [record.newest])
    },

    erase: (record, withdrawal) => eraseRecord(tx, record, withdrawal),
  }
}

interface HeldRow {
  readonly newest: RecordId
  readonly named: RecordId
  readonly exists: boolean
  readonly convention: Slug
  readonly kind: WithdrawalKind | null
  readonly reason: string | null
  readonly actor: string | null
  readonly at: Date | null
}

function toHeld(identity: RecordId, { newest, named, convention, kind, reason, actor, at }: HeldRow): HeldRecord {
  const isWithdrawn = kind !== null && reason !== null && actor !== null && at !== null
  return { identity, convention, named, newest, ...(isWithdrawn ? { withdrawn: { kind, reason, at, by: actor } } : {}) }
}

/** Now, or a moment later when the clock was set back: what happens to a record has an order. As text, since a Date has no microseconds. */
async function momentOf({ kysely }: Transaction, { identity, newest }: HeldRecord): Promise<string> {
  const { rows } = await sql<{ at: string }>`
    select greatest(
      clock_timestamp(),
      (select published_at from record where id = ${newest}),
      (select max(greatest(at, restored_at)) + interval '1 microsecond' from withdrawal where record = ${identity})
    )::text as at`.execute(kysely)
  const [row] = rows
  if (row === undefined) throw new Error('the database did not say what time it is')
  return row.at
}

async function stopCounting(tx: Transaction, record: HeldRecord): Promise<void> {
  await leaveCoverage(tx, record.convention, [record.newest])
  await addToCount(tx, record, -1)
}

async function addToCount({ kysely }: Transaction, { newest }: HeldRecord, by: 1 | -1): Promise<void> {
  await sql`
    insert into record_count (convention, schema_id, schema_major, records)
    select convention, schema_id, split_part(schema_version, '.', 1)::int, ${by}::int from record where id = ${newest}`.execute(kysely)
}

async function endRetraction(
  { kysely }: Transaction,
  { identity }: HeldRecord,
  { at, reason, actor }: { readonly at: string; readonly reason: string; readonly actor: string },
): Promise<void> {
  await sql`
    update absence set until = ${at}::timestamptz
    where until is null and withdrawal = (select id from withdrawal where record = ${identity} and restored_at is null)`.execute(kysely)
  await sql`
    update withdrawal set restored_at = ${at}::timestamptz, restored_by = ${actor}, restored_reason = ${reason}
    where record = ${identity} and restored_at is null`.execute(kysely)
}
