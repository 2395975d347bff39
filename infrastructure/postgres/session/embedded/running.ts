import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { clusterUser } from './cluster.ts'
import { databaseName } from './ensure-database.ts'
import { postmasterFile } from './leftover.ts'

/** The owner's address of the server running below `dir`; undefined when none is ready. */
export async function runningPostgres(dir: string): Promise<string | undefined> {
  const lines = await postmasterFile(resolve(dir, 'data'))
  const [port, state] = [lines[3], lines[7]]
  if (port === undefined || state !== 'ready') return undefined
  const password = await readFile(join(dir, 'password'), 'utf8')
  return `postgresql://${clusterUser}:${password}@127.0.0.1:${port}/${databaseName}`
}
