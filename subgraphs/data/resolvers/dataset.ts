import { recordSrn } from '@strata/domain/record'
import type { DatasetResolvers, TableRowResolvers } from '../generated/types.ts'

export const Dataset: DatasetResolvers = {
  convention: ({ convention }) => ({ slug: convention }),
}

export const TableRow: TableRowResolvers = {
  id: ({ record }, _, { domain }) => recordSrn(domain, record),
  record: ({ record }, _, { domain }) => ({ srn: recordSrn(domain, record) }),
}
