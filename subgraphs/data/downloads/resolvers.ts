import { downloadFormats, tableAddress } from '@strata/domain/dataset'
import type { Resolvers } from '../generated/types.ts'

export const downloadResolvers: Resolvers = {
  DataTable: {
    downloads: ({ convention, name }, _, { publicUrl }) =>
      downloadFormats.map((format) => ({
        format,
        url: `${publicUrl?.replace(/\/$/, '') ?? ''}${tableAddress(convention, { name }, format)}`,
      })),
  },
}
