import { Client } from 'pg'
import type { Cluster } from './cluster.ts'

/** Makes the database unless it is there, and answers its address. */
export async function ensureDatabase(cluster: Cluster, port: number, database: string): Promise<string> {
  const address = (name: string) => `postgresql://${cluster.user}:${cluster.password}@127.0.0.1:${port}/${name}`
  const client = new Client({ connectionString: address('postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`)
  } finally {
    await client.end()
  }
  return address(database)
}
