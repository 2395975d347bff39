import type { QueryResolvers } from '../../generated/types.ts'
import { recordNamed } from '../../../server/record-name.ts'
import { sourceTypes } from './record-source.ts'
import { recordConnection } from './record-connection.ts'

export const Query: QueryResolvers = {
  record: async (_, { srn }, context) => {
    const id = await recordNamed(srn, context)
    return id === undefined ? null : context.loaders.record.load(id)
  },

  records: (_, { convention, source, ...page }, { loaders }) =>
    recordConnection(loaders, page, {
      ...(convention == null ? {} : { convention }),
      ...(source == null ? {} : { source: sourceTypes[source] }),
    }),
}
