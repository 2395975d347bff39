import type { Pool } from 'pg'

/** Runs a statement that the triggers refuse, as only a superuser can: to damage data, or to simulate that time has passed. */
export async function unguarded(pool: Pool, statement: string, values: unknown[] = []): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('set local session_replication_role = replica')
    await client.query(statement, values)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
