import { isRole, type Token, type TokenQueries } from '@strata/domain/identity'
import { pageOf } from '@strata/domain/shared'
import type { Prisma } from '@strata/prisma/client'
import type { Database } from '../session/connection.ts'

/** Newest first, because ids sort by creation time. */
export function tokenQueries({ prisma }: Pick<Database, 'prisma'>): TokenQueries {
  return {
    async page(page) {
      const where = page.after === undefined ? {} : { id: { lt: page.after } }
      const rows = await prisma.token.findMany({ where, orderBy: { id: 'desc' }, take: page.first + 1 })
      return pageOf(rows.map(toToken), page)
    },
    count: () => prisma.token.count(),
  }
}

/** The ids of revoked tokens that have not expired. */
export async function revokedTokens({ pool }: Pick<Database, 'pool'>): Promise<readonly string[]> {
  // Clocks may differ, so a token is accepted for a few seconds after its `exp`.
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM token WHERE revoked_at IS NOT NULL AND expires_at > now() - interval '1 minute'`,
  )
  return rows.map(({ id }) => id)
}

function toToken({ roles, revokedAt, revokedBy, ...row }: Prisma.TokenModel): Token {
  return {
    ...row,
    roles: roles.filter(isRole),
    ...(revokedAt === null ? {} : { revokedAt }),
    ...(revokedBy === null ? {} : { revokedBy }),
  }
}
