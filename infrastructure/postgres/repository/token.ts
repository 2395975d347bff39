import type { TokenRepository } from '@strata/domain/identity'
import { noteTarget } from '../session/current-change.ts'
import type { Transaction } from '../session/transaction.ts'

export function tokenRepository({ prisma }: Pick<Transaction, 'prisma'>): TokenRepository {
  return {
    async add({ roles, scopes, ...token }) {
      await prisma.token.create({ data: { ...token, roles: [...roles], scopes: [...scopes] } })
      noteTarget(`token:${token.id}`)
      noteTarget(`subject:${token.subject}`)
    },

    async revoke(id, actor) {
      noteTarget(`token:${id}`)
      const { count } = await prisma.token.updateMany({
        where: { id, revokedAt: null },
        data: { revokedAt: new Date(), revokedBy: actor },
      })
      return count > 0 || (await prisma.token.findUnique({ where: { id }, select: { id: true } })) !== null
    },
  }
}
