import { isRecordId, type RecordFilter, type RecordQueries } from '@strata/domain/record'
import { encodeCursor, parsePage } from '../../server/connection.ts'
import type { RecordConnectionModel } from '../mappers.ts'

type PageArgs = Parameters<typeof parsePage>[0]

export async function recordConnection(queries: RecordQueries, page: PageArgs, filter: RecordFilter): Promise<RecordConnectionModel> {
  return {
    page: await queries.recordPage(filter, parsePage(page, isRecordId)),
    cursorOf: (record) => encodeCursor(record.id),
    count: () => queries.recordCount(filter),
  }
}
