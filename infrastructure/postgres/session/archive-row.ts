import type { Database } from './connection.ts'

export interface ArchiveRow {
  readonly domain: string
  readonly installationId: string
}

/**
 * The archive's only row, inserted at the first start. Several processes may start at once: with ON CONFLICT DO NOTHING, one inserts, and
 * the others wait and read its row. (Prisma's `upsert` reads first and then inserts, so all but one would fail.)
 */
export async function archiveRow({ kysely }: Pick<Database, 'kysely'>, domain: string): Promise<ArchiveRow> {
  await kysely
    .insertInto('archive')
    .values({ id: 1, domain })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await kysely.selectFrom('archive').select(['domain', 'installation_id']).where('id', '=', 1).executeTakeFirstOrThrow()
  return { domain: row.domain, installationId: row.installation_id }
}
