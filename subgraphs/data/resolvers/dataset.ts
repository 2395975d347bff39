import { downloadFormats, tableAddress } from '@strata/domain/dataset'
import type { DatasetResolvers, DataTableResolvers } from '../generated/types.ts'

export const Dataset: DatasetResolvers = {
  convention: ({ convention }) => ({ slug: convention }),
  tables: ({ convention, tables }) => tables.map((table) => ({ ...table, convention })),
}

export const DataTable: DataTableResolvers = {
  downloads: ({ convention, name }, _, { publicUrl }) =>
    downloadFormats.map((format) => ({ format, url: `${publicUrl?.replace(/\/$/, '') ?? ''}${tableAddress(convention, { name }, format)}` })),
}
