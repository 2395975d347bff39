import { singleClient } from '../outlive.ts'
import { readerNameFor } from '../reader/reader-name.ts'
import type { Cluster } from './cluster.ts'

export const databaseName = 'strata'

/** Where the database is for the role that owns it, and for the one that reads it. */
export interface Addresses {
  readonly url: string
  readonly readUrl: string
}

/** Makes the database and the role that reads it unless they are there. What that role may is granted once there are tables. */
export async function ensureDatabase(cluster: Cluster, port: number, database: string): Promise<Addresses> {
  const reader = readerNameFor(database)
  const address = (name: string, user = cluster.user, password = cluster.password) =>
    `postgresql://${user}:${password}@127.0.0.1:${port}/${name}`
  const client = singleClient({ connectionString: address('postgres') })
  await client.connect()
  try {
    const { rows } = await client.query<{ database: boolean; reader: boolean }>(
      `select exists (select from pg_database where datname = $1) as database, exists (select from pg_roles where rolname = $2) as reader`,
      [database, reader],
    )
    const name = client.escapeIdentifier(database)
    if (!rows[0]?.database) await client.query(`create database ${name}`)
    if (!rows[0]?.reader) {
      await client.query(`create role ${client.escapeIdentifier(reader)} login`)
      // Other people can connect only if the owner lets them.
      await client.query(`revoke all on database ${name}, postgres, template1 from public`)
      await client.query(`grant connect on database ${name} to ${client.escapeIdentifier(reader)}`)
    }
    // Its file may be new, when the old one was lost.
    await client.query(`alter role ${client.escapeIdentifier(reader)} password ${client.escapeLiteral(cluster.readerPassword)}`)
  } finally {
    await client.end()
  }
  return { url: address(database), readUrl: address(database, reader, cluster.readerPassword) }
}
