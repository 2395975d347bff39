import type { AuditEvent, AuditFilter, AuditQueries } from '@strata/domain/identity'
import { pageOf, type Json } from '@strata/domain/shared'
import type { Prisma } from '@strata/prisma/client'
import type { Database } from '../session/connection.ts'

export function auditQueries({ prisma }: Pick<Database, 'prisma'>): AuditQueries {
  return {
    async page(filter, page) {
      const before = page.after === undefined ? {} : { position: { lt: page.after } }
      const rows = await prisma.auditEvent.findMany({
        where: { ...where(filter), ...before },
        orderBy: { position: 'desc' },
        take: page.first + 1,
      })
      return pageOf(rows.map(toAuditEvent), page)
    },
    count: (filter) => prisma.auditEvent.count({ where: where(filter) }),
  }
}

function where({ actor, operation }: AuditFilter): Prisma.AuditEventWhereInput {
  return { ...(actor === undefined ? {} : { actor }), ...(operation === undefined ? {} : { operation }) }
}

function toAuditEvent({ address, requestId, details, ...row }: Prisma.AuditEventModel): AuditEvent {
  return {
    ...row,
    ...(address === null ? {} : { address }),
    ...(requestId === null ? {} : { requestId }),
    details: details as Json,
  }
}
