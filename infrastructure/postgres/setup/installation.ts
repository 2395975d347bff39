import { archiveRow } from './archive-row.ts'
import type { Database } from './connection.ts'

/** Tells this installation apart from every other, also from one with the same domain. Made with the archive's row, and then kept. */
export async function installationId(database: Pick<Database, 'kysely'>, domain: string): Promise<string> {
  return (await archiveRow(database, domain)).installationId
}
