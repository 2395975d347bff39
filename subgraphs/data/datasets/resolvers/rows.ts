import {
  parseCursor,
  parseReading,
  printCursor,
  printRowId,
  type ReadableDataset,
  type Reading,
  type ReadingInput,
  type TableRow as Row,
} from '@strata/domain/dataset'
import { recordSrn } from '@strata/domain/record'
import { parsePageSize } from '@strata/domain/shared'
import { connectionResolvers } from '../../../server/connection.ts'
import type { Services } from '../../../server/services.ts'
import type { SubgraphContext } from '../../../server/context.ts'
import type { FeatureRowResolvers, TableRowConnectionResolvers, TableRowResolvers } from '../../generated/types.ts'
import type { TableRowConnectionModel } from '../../mappers.ts'

interface PageArgs {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
}

export function rowConnection(
  services: Services,
  dataset: ReadableDataset,
  input: ReadingInput,
  args: PageArgs,
): Promise<TableRowConnectionModel> {
  return pageOfReading(services, parseReading(dataset, input), args)
}

/** `known` is how many rows it has, when that was counted before. */
export async function pageOfReading(
  { datasets }: Services,
  reading: Reading,
  args: PageArgs,
  known?: number,
): Promise<TableRowConnectionModel> {
  const first = parsePageSize(args.first)
  const page = await datasets.rowPage(reading, args.after == null ? { first } : { first, after: parseCursor(reading, args.after) })
  return { page, cursorOf: ({ place }) => printCursor(reading, place), count: async () => known ?? datasets.rowCount(reading) }
}

export const TableRowConnection: TableRowConnectionResolvers = {
  ...connectionResolvers,
  edges: ({ page, cursorOf }) => page.items.map((item) => ({ cursor: cursorOf(item), node: item.row })),
  nodes: ({ page }) => page.items.map(({ row }) => row),
}

const ofRow = {
  id: (row: Row, _: unknown, { domain }: SubgraphContext) => printRowId(row, domain),
  record: ({ record }: Row, _: unknown, { domain }: SubgraphContext) => ({ srn: recordSrn(domain, record) }),
  stale: ({ made }: Row) => made?.stale ?? false,
}

export const TableRow: TableRowResolvers = {
  ...ofRow,
  run: ({ made }) => (made === undefined ? null : { id: made.run }),
}

export const FeatureRow: FeatureRowResolvers = {
  ...ofRow,
  hook: (row) => ({ name: madeOf(row).hook }),
  run: (row) => ({ id: madeOf(row).run }),
}

function madeOf({ made }: Row) {
  if (made === undefined) throw new Error('a row of a hook that no run made')
  return made
}
