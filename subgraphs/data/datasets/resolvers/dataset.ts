import { downloadFormats, tableAddress } from '@strata/domain/dataset'
import { existing } from '../../../server/existing.ts'
import type { DatasetResolvers, DataTableResolvers } from '../../generated/types.ts'
import { citeDataset } from '../../citations/resolvers/citation.ts'

export const Dataset: DatasetResolvers = {
  convention: ({ convention }) => ({ slug: convention }),
  license: async ({ convention }, _, { loaders }) => existing(await loaders.convention.load(convention), 'convention').license ?? null,
  tables: ({ convention, tables }) => tables.map((table) => ({ ...table, convention })),
  citation: ({ convention }, _, context) => citeDataset(convention, context),
}

export const DataTable: DataTableResolvers = {
  downloads: ({ convention, name }, _, { publicUrl }) =>
    downloadFormats.map((format) => ({
      format,
      url: `${publicUrl?.replace(/\/$/, '') ?? ''}${tableAddress(convention, { name }, format)}`,
    })),
}
