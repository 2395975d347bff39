import { majorOf, type SchemaRepository } from '@strata/domain/convention'
import type { Prisma } from '@strata/prisma/client'
import type { Transaction } from '../session/transaction.ts'
import { claim } from './claim.ts'
import { toSchema } from '../mappers/convention.ts'

export function schemaRepository(tx: Transaction): SchemaRepository {
  return {
    async claim({ id, version }) {
      await claim(tx, 'schema', id)
      const row = await tx.prisma.schemaVersion.findUnique({ where: { id_version: { id, version } } })
      return row === null ? undefined : toSchema(row)
    },

    async ofMajor({ id, version }) {
      const major = String(majorOf(version))
      const rows = await tx.prisma.schemaVersion.findMany({
        where: { id, OR: [{ version: major }, { version: { startsWith: `${major}.` } }] },
      })
      return rows.map(toSchema)
    },

    async insert({ id, version, title, fields }, actor) {
      await tx.prisma.schemaVersion.create({
        data: { id, version, title, fields: fields as unknown as Prisma.InputJsonArray, createdBy: actor },
      })
    },

    async redefine({ id, version, title, fields }, actor) {
      await tx.prisma.schemaVersion.update({
        where: { id_version: { id, version } },
        data: { title, fields: fields as unknown as Prisma.InputJsonArray, createdBy: actor },
      })
    },
  }
}
