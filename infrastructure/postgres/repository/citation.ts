import type { CitationStore } from '@strata/domain/dataset'
import type { Json } from '@strata/domain/shared'
import { Prisma } from '@strata/prisma/client'
import type { Transaction } from '../session/transaction.ts'
import { toCitation } from '../mappers/citation.ts'

export function citationStore({ prisma }: Pick<Transaction, 'prisma'>): CitationStore {
  return {
    async keep({ id, convention, title, asOf, of }) {
      const { filter, orderBy, dataset, releases } = of
      const row = {
        id,
        convention,
        title,
        asOf,
        tableName: of.table,
        filter: filter === null ? Prisma.DbNull : asInput(filter),
        orderBy: asInput(orderBy.map((key) => ({ ...key }))),
        release: of.release ?? null,
        schemaId: dataset.schema.id,
        schemaVersion: dataset.schema.version,
        hooks: [...dataset.hooks],
        rowCount: of.rowCount,
        releases: asInput(releases.map((one) => ({ ...one }))),
        createdBy: of.createdBy,
        createdAt: of.createdAt,
      }
      await prisma.citation.createMany({ data: [row], skipDuplicates: true })
      return toCitation(await prisma.citation.findUniqueOrThrow({ where: { id } }))
    },
  }
}

function asInput(json: Json): Prisma.InputJsonValue {
  return json as Prisma.InputJsonValue
}
