import { fileAddress, recordSrn } from '@strata/domain/record'
import type { Resolvers } from '../generated/types.ts'

export const fileResolvers: Resolvers = {
  Record: {
    files: async ({ id }, _, { loaders, domain, publicUrl }) => {
      const srn = recordSrn(domain, id)
      return (await loaders.filesOfRecord.load(id)).map((file) => ({
        ...file,
        size: BigInt(file.size),
        url: fileAddress(srn, file.name, publicUrl),
      }))
    },
  },
}
