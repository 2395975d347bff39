import type { ModuleStore } from '@strata/domain/registry'
import type { Digest } from '@strata/domain/shared'
import type { Database } from '../session/connection.ts'
import type { Transaction } from '../session/transaction.ts'

/** The source texts of modules, stored once per digest. */
export function moduleStore({ prisma }: Pick<Transaction, 'prisma'>): ModuleStore {
  return {
    async has(digest) {
      return (await prisma.moduleSource.count({ where: { digest } })) > 0
    },
    async save(digest, source) {
      await prisma.moduleSource.createMany({ data: [{ digest, source }], skipDuplicates: true })
    },
  }
}

/** The source text with this digest. */
export async function moduleSource({ prisma }: Pick<Database, 'prisma'>, digest: Digest): Promise<string | undefined> {
  return (await prisma.moduleSource.findUnique({ where: { digest } }))?.source
}
