import { archiveRow } from './archive-row.ts'
import type { Database } from './connection.ts'

/** Refused at start: existing records have another domain in their names. */
class DomainChanged extends Error {
  constructor(is: string, wanted: string) {
    super(
      `STRATA_DOMAIN is "${wanted}", but this archive's records are named under "${is}". ` +
        `Names never change: set STRATA_DOMAIN=${is}, or start with an empty database.`,
    )
    this.name = 'DomainChanged'
  }
}

/** Stores the archive's domain. It can change until the first record is published. */
export async function keepDomain({ prisma, kysely }: Pick<Database, 'prisma' | 'kysely'>, domain: string): Promise<void> {
  const { domain: known } = await archiveRow({ kysely }, domain)
  if (known === domain) return
  if ((await prisma.record.findFirst({ select: { id: true } })) !== null) throw new DomainChanged(known, domain)
  await prisma.archive.update({ where: { id: 1 }, data: { domain } })
}
