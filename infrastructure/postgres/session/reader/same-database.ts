import type { Client } from 'pg'
import { DatabaseSetupError } from '../setup-error.ts'

/**
 * Refuses any database except the one that is written to, even a copy: reads must see what was just answered as written, and
 * timestamps of two servers cannot be compared.
 */
export async function requireSameDatabase(owner: Client, reader: Client): Promise<void> {
  const [written, read] = await Promise.all([placeOf(owner), placeOf(reader)])
  if (read.is_replica) {
    throw new DatabaseSetupError(
      'DATABASE_READ_URL names a replica. It must name the server of DATABASE_URL, because a replica does not have the latest commits.',
    )
  }
  if (read.server !== written.server) {
    throw new DatabaseSetupError('DATABASE_READ_URL names another server than DATABASE_URL. The two may differ only in user and password.')
  }
  if (read.database !== written.database) {
    throw new DatabaseSetupError(
      `DATABASE_READ_URL names the database "${read.database}", and DATABASE_URL to "${written.database}". The two may differ only in user and password.`,
    )
  }
}

interface Place {
  readonly database: string
  /** The start time of the server. It differs between servers and between starts, to the microsecond. */
  readonly server: string
  readonly is_replica: boolean
}

async function placeOf(client: Client): Promise<Place> {
  const { rows } = await client.query<Place>(
    `select current_database() as database, extract(epoch from pg_postmaster_start_time())::text as server, pg_is_in_recovery() as is_replica`,
  )
  const [place] = rows
  if (place === undefined) throw new Error('a database did not say where it is')
  return place
}
