import { isRecordId, type RecordFilter } from '@strata/domain/record'
import { encodeCursor, parsePage } from '../../../server/connection.ts'
import type { Loaders } from '../../../server/loaders.ts'
import type { RecordConnectionModel } from '../../mappers.ts'

type PageArgs = Parameters<typeof parsePage>[0]

export async function recordConnection(loaders: Loaders, page: PageArgs, filter: RecordFilter): Promise<RecordConnectionModel> {
  return {
    page: await loaders.recordPage.load({ of: filter, page: parsePage(page, isRecordId) }),
    cursorOf: (record) => encodeCursor(record.id),
    count: () => loaders.recordCount.load(filter),
  }
}
