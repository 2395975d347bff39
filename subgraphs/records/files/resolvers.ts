import { fileAddress, recordSrn } from '@strata/domain/record'
import type { Resolvers } from '../generated/types.ts'

export const fileResolvers: Resolvers = {
  Record: {
    files: async (record, _, { loaders, domain, publicUrl }) => {
      const srn = recordSrn(domain, record)
      return (await loaders.filesOfRecord.load(record.id)).map((file) => ({
        ...file,
        size: BigInt(file.size),
        url: fileAddress(srn, file.name, publicUrl),
      }))
    },
  },
}
