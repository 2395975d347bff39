import type { Client } from 'pg'
import { DatabaseSetupError } from '../setup-error.ts'

/**
 * Refuses another database than the one that is written, a copy of it too: what was answered to have been written must be
 * there for who asks next, and times up to which everything is known are those of one server.
 */
export async function refuseElsewhere(owner: Client, reader: Client): Promise<void> {
  const [written, read] = await Promise.all([placeOf(owner), placeOf(reader)])
  if (read.is_replica) {
    throw new DatabaseSetupError(
      'DATABASE_READ_URL leads to a replica. It must lead to the server of DATABASE_URL: a replica does not have yet what was just written.',
    )
  }
  if (read.server !== written.server) {
    throw new DatabaseSetupError(
      'DATABASE_READ_URL leads to another server than DATABASE_URL. The two must differ in user and password alone.',
    )
  }
  if (read.database !== written.database) {
    throw new DatabaseSetupError(
      `DATABASE_READ_URL leads to the database "${read.database}", and DATABASE_URL to "${written.database}". The two must differ in user and password alone.`,
    )
  }
}

interface Place {
  readonly database: string
  /** When it was started: no two servers, and no two starts, have the same to the microsecond. */
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
