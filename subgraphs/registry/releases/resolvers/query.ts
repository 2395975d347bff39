import { isUuid } from '../../../server/connection.ts'
import type { QueryResolvers } from '../../generated/types.ts'

export const Query: QueryResolvers = {
  release: (_, { id }, { loaders }) => (isUuid(id) ? loaders.release.load(id) : null),
}
