import type { QueryResolvers } from '../generated/types.ts'

export const Query: QueryResolvers = {
  viewer: (_, _args, { principal }) => ({
    kind: principal.kind,
    subject: principal.kind === 'ANONYMOUS' ? null : principal.subject,
    roles: principal.kind === 'USER' ? principal.roles : [],
    scopes: principal.kind === 'ANONYMOUS' ? [] : principal.scopes,
  }),
}
