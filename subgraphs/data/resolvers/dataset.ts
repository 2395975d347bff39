import { recordSrn } from '@strata/domain/record'
import type { DatasetResolvers, TableRowResolvers } from '../generated/types.ts'

export const Dataset: DatasetResolvers = {
  convention: ({ convention }) => ({ slug: convention }),
}

export const TableRow: TableRowResolvers = {
  id: ({ record, made }, _, { domain }) =>
    made === undefined ? recordSrn(domain, record) : `${made.hook}:${made.run}:${record}:${made.ordinal}`,
  record: ({ record }, _, { domain }) => ({ srn: recordSrn(domain, record) }),
  run: ({ made }) => (made === undefined ? null : { id: made.run }),
  stale: ({ made }) => made?.stale ?? false,
}
