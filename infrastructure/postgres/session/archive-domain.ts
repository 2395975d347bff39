import { archiveRow } from './archive-row.ts'
import type { Database } from './connection.ts'

/** Refused at start: records already carry another domain in their names. */
class DomainChanged extends Error {
  constructor(is: string, wanted: string) {
    super(
      `STRATA_DOMAIN is "${wanted}", but this archive's records are named under "${is}". ` +
        `Names never change: set STRATA_DOMAIN=${is}, or start with an empty database.`,
    )
    this.name = 'DomainChanged'
  }
}

/** Keeps the archive's domain beside its records. It may change until the first record is published. */
export async function keepDomain({ prisma, kysely }: Pick<Database, 'prisma' | 'kysely'>, domain: string): Promise<void> {
  const { domain: known } = await archiveRow({ kysely }, domain)
  if (known === domain) return
  if ((await prisma.record.findFirst({ select: { id: true } })) !== null) throw new DomainChanged(known, domain)
  await prisma.archive.update({ where: { id: 1 }, data: { domain } })
}
