import { parseCursor, parseReading, printCursor, type ReadableDataset, type Reading, type ReadingInput } from '@strata/domain/dataset'
import { parsePageSize } from '@strata/domain/shared'
import { connectionResolvers, type PageArgs } from '../../../server/connection.ts'
import type { TableRowConnectionResolvers } from '../../generated/types.ts'
import type { TableRowConnectionModel } from '../../mappers.ts'
import type { DatasetServices } from '../services.ts'

type Rows = Pick<DatasetServices, 'rowPage' | 'rowCount'>

export function rowConnection(rows: Rows, dataset: ReadableDataset, input: ReadingInput, args: PageArgs): Promise<TableRowConnectionModel> {
  return pageOfReading(rows, parseReading(dataset, input), args)
}

/** `count` returns the total; by default it counts the reading's rows. */
export async function pageOfReading(
  rows: Rows,
  reading: Reading,
  args: PageArgs,
  count: () => Promise<number> = () => rows.rowCount(reading),
): Promise<TableRowConnectionModel> {
  const first = parsePageSize(args.first)
  const page = await rows.rowPage(reading, args.after == null ? { first } : { first, after: parseCursor(reading, args.after) })
  return { page, cursorOf: ({ place }) => printCursor(reading, place), count }
}

export const TableRowConnection: TableRowConnectionResolvers = {
  ...connectionResolvers,
  edges: ({ page, cursorOf }) => page.items.map((item) => ({ cursor: cursorOf(item), node: item.row })),
  nodes: ({ page }) => page.items.map(({ row }) => row),
}
