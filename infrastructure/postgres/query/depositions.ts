import type { DepositionFilter, DepositionQueries } from '@strata/domain/deposition'
import { pageOf } from '@strata/domain/shared'
import type { Prisma } from '@strata/prisma/client'
import { toDeposition, withFiles } from '../mappers/deposition.ts'
import type { Database } from '../session/connection.ts'

export function depositionQueries({ prisma }: Pick<Database, 'prisma'>): DepositionQueries {
  return {
    async depositions(ids) {
      const rows = await prisma.deposition.findMany({ where: { id: { in: [...ids] } }, include: withFiles })
      const byId = new Map<string, ReturnType<typeof toDeposition>>(rows.map((row) => [row.id, toDeposition(row)]))
      return ids.map((id) => byId.get(id))
    },

    async depositionPage(filter, page) {
      if (filter.sight.of === 'NONE') return pageOf([], page)
      const before = page.after === undefined ? {} : { id: { lt: page.after } }
      const where = { ...matching(filter), ...before }
      const rows = await prisma.deposition.findMany({ where, include: withFiles, orderBy: { id: 'desc' }, take: page.first + 1 })
      return pageOf(rows.map(toDeposition), page)
    },

    async depositionCount(filter) {
      return filter.sight.of === 'NONE' ? 0 : prisma.deposition.count({ where: matching(filter) })
    },
  }
}

function matching({ sight, status }: DepositionFilter): Prisma.DepositionWhereInput {
  return { ...(sight.of === 'OWN' ? { owner: sight.owner } : {}), ...(status === undefined ? {} : { status }) }
}
