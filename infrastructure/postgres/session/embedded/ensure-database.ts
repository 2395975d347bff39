import { singleClient } from '../outlive.ts'
import { readerNameFor } from '../reader/reader-name.ts'
import type { Cluster } from './cluster.ts'

export const databaseName = 'strata'

/** The addresses of the database for the owner role and for the reader role. */
export interface Addresses {
  readonly url: string
  readonly readUrl: string
}

/** Creates the database and the reader role if they do not exist. The reader's grants follow once there are tables. */
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
      // By default, every role may connect; only the owner and the reader need to.
      await client.query(`revoke all on database ${name}, postgres, template1 from public`)
      await client.query(`grant connect on database ${name} to ${client.escapeIdentifier(reader)}`)
    }
    // The password file may be new if the old one was lost.
    await client.query(`alter role ${client.escapeIdentifier(reader)} password ${client.escapeLiteral(cluster.readerPassword)}`)
  } finally {
    await client.end()
  }
  return { url: address(database), readUrl: address(database, reader, cluster.readerPassword) }
}
