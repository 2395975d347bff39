import type { ModuleStore } from '@strata/domain/registry'
import type { Transaction } from '../setup/transaction.ts'

/** Modules' texts, each kept once under its digest. */
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
