import { Redis } from 'ioredis'
import { Client, DatabaseError } from 'pg'

/** Empties the queue's tables, which is what a lost queue looks like. */
export async function wipePostgresQueue({ url }: { url: string }): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(`
      select string_agg(format('bullmq.%I', tablename), ', ') as tables
      from pg_tables
      where schemaname = 'bullmq' and tablename <> 'migration'`)
    if (rows[0].tables !== null) await truncate(client, rows[0].tables)
  } finally {
    await client.end()
  }
}

export async function wipeRedis(url: string): Promise<void> {
  const redis = new Redis(url)
  await redis.flushall()
  redis.disconnect()
}

/** Running workers may lock the tables in another order, and Postgres then aborts one of the two transactions. */
async function truncate(client: Client, tables: string, attempts = 5): Promise<void> {
  try {
    await client.query(`truncate ${tables}`)
  } catch (error) {
    const deadlock = error instanceof DatabaseError && error.code === '40P01'
    if (!deadlock || attempts === 1) throw error
    await truncate(client, tables, attempts - 1)
  }
}
