import type { Verification, VerificationReports, VerificationStore } from '@strata/domain/verification'
import { sql } from 'kysely'
import type { Database } from '../session/connection.ts'

type Reading = Pick<Database, 'kysely'>

export function verificationStore({ kysely }: Reading): VerificationStore {
  return {
    async unfinished() {
      const newest = await newestOf({ kysely })
      return newest?.finishedAt === undefined ? newest : undefined
    },

    async begin(verification) {
      await sql`
        insert into verification (id, started_at, updated_at, state)
        values (${verification.id}, ${verification.startedAt}, ${verification.startedAt}, ${JSON.stringify(verification)})`.execute(kysely)
    },

    async save(verification) {
      await sql`
        update verification
        set updated_at = clock_timestamp(), finished_at = ${verification.finishedAt ?? null}, state = ${JSON.stringify(verification)}
        where id = ${verification.id}`.execute(kysely)
    },
  }
}

export function verificationReports(database: Reading): VerificationReports {
  return {
    async last() {
      const newest = await newestOf(database)
      if (newest?.finishedAt !== undefined) return { finished: newest, underWay: undefined }
      return { finished: await newestOf(database, sql`finished_at is not null`), underWay: newest }
    },
  }
}

async function newestOf({ kysely }: Reading, which = sql`true`): Promise<Verification | undefined> {
  const { rows } = await sql<{
    state: Verification
  }>`select state from verification where ${which} order by started_at desc, id desc limit 1`.execute(kysely)
  // JSON omits undefined members, which read the same.
  return rows[0]?.state
}

/** Keeps other processes from verifying this database until released or this process ends; undefined if another one is verifying. */
export async function claimVerifying({ pool }: Pick<Database, 'pool'>): Promise<AsyncDisposable | undefined> {
  const client = await pool.connect()
  const { rows } = await client.query<{ claimed: boolean }>(`select pg_try_advisory_lock(hashtextextended('strata verify', 0)) as claimed`)
  if (rows[0]?.claimed !== true) {
    client.release()
    return undefined
  }
  return {
    async [Symbol.asyncDispose]() {
      await client.query(`select pg_advisory_unlock(hashtextextended('strata verify', 0))`).catch(() => {})
      client.release()
    },
  }
}
