import type { Difference, Reproduction, ReproductionQueries } from '@strata/domain/run'
import { pageOf } from '@strata/domain/shared'
import type { Prisma } from '@strata/prisma/client'
import type { Database } from '../setup/connection.ts'

export function reproductionQueries({ prisma }: Pick<Database, 'prisma'>): ReproductionQueries {
  return {
    async reproductionPage(run, page) {
      const rows = await prisma.hookRun.findMany({
        where: { reproduces: run, ...(page.after === undefined ? {} : { id: { lt: page.after } }) },
        select: { id: true, reproduction: true },
        orderBy: { id: 'desc' },
        take: page.first + 1,
      })
      return pageOf(rows.map(toReproduction), page)
    },

    reproductionCount: (run) => prisma.hookRun.count({ where: { reproduces: run } }),
  }
}

function toReproduction({ id, reproduction }: { id: string; reproduction: Prisma.ReproductionModel | null }): Reproduction {
  if (reproduction === null) return { run: id }
  const { sample, examples, run, ...comparison } = reproduction
  return {
    run,
    comparison: { ...comparison, ...(sample === null ? {} : { sample }), examples: examples as unknown as readonly Difference[] },
  }
}
