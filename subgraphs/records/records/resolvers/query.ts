import { recordIdOf } from '@strata/domain/record'
import type { QueryResolvers } from '../../generated/types.ts'
import { sourceTypes } from './record-source.ts'
import { recordConnection } from './record-connection.ts'

export const Query: QueryResolvers = {
  record: (_, { srn }, { loaders, domain }) => {
    const id = recordIdOf(srn, domain)
    return id === undefined ? null : loaders.record.load(id)
  },

  records: (_, { convention, source, ...page }, { loaders }) =>
    recordConnection(loaders, page, {
      ...(convention == null ? {} : { convention }),
      ...(source == null ? {} : { source: sourceTypes[source] }),
    }),
}
