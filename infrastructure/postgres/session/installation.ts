import { archiveRow } from './archive-row.ts'
import type { Database } from './connection.ts'

/** Identifies this installation, even among archives with the same domain. Generated with the archive's row and never changed. */
export async function installationId(database: Pick<Database, 'kysely'>, domain: string): Promise<string> {
  return (await archiveRow(database, domain)).installationId
}
