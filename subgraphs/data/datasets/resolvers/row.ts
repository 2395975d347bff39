import { printRowId, type TableRow as Row } from '@strata/domain/dataset'
import { recordSrn } from '@strata/domain/record'
import type { Context } from '../../context.ts'
import type { TableRowResolvers } from '../../generated/types.ts'

/** The fields that rows of all kinds have. */
export const rowFields = {
  id: (row: Row, _: unknown, { domain }: Context) => printRowId(row, domain),
  record: ({ name }: Row, _: unknown, { domain }: Context) => ({ srn: recordSrn(domain, name) }),
  stale: ({ made }: Row) => made?.stale ?? false,
}

export const TableRow: TableRowResolvers = {
  ...rowFields,
  run: ({ made }) => (made === undefined ? null : { id: made.run }),
}
