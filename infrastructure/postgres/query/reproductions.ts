import type { Difference, Reproduction, ReproductionQueries } from '@strata/domain/run'
import type { Prisma } from '@strata/prisma/client'
import { sql } from 'kysely'
import type { Database } from '../session/connection.ts'
import { countsTogether, pagesTogether } from './read-together.ts'

export function reproductionQueries({ prisma, kysely }: Pick<Database, 'prisma' | 'kysely'>): ReproductionQueries {
  return {
    async reproductionPages(listings) {
      const pages = await pagesTogether({ kysely }, listings, newest, ({ id }) => id)
      const compared = await prisma.reproduction.findMany({ where: { run: { in: pages.flatMap(({ items }) => items) } } })
      const byRun = new Map(compared.map((one) => [one.run, one]))
      return pages.map((page) => ({ ...page, items: page.items.map((id) => toReproduction(id, byRun.get(id))) }))
    },

    reproductionCounts: (runs) =>
      countsTogether(
        { kysely },
        runs.map((run) => sql`from hook_run where reproduces = ${run}`),
      ),
  }
}

function newest(run: string, after: string | undefined, limit: number) {
  return sql<{ id: string }>`
    select id from hook_run
    where reproduces = ${run} and ${after === undefined ? sql`true` : sql`id < ${after}`} order by id desc limit ${limit}`
}

function toReproduction(id: string, reproduction: Prisma.ReproductionModel | undefined): Reproduction {
  if (reproduction === undefined) return { run: id }
  const { sample, examples, run, ...comparison } = reproduction
  return {
    run,
    comparison: { ...comparison, ...(sample === null ? {} : { sample }), examples: examples as unknown as readonly Difference[] },
  }
}
