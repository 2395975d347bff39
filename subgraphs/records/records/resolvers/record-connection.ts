import { isRecordId, type RecordFilter } from '@strata/domain/record'
import { encodeCursor, parsePage, type PageArgs } from '../../../server/connection.ts'
import type { Context } from '../../context.ts'
import type { RecordConnectionModel } from '../../mappers.ts'

export async function recordConnection(loaders: Context['loaders'], page: PageArgs, filter: RecordFilter): Promise<RecordConnectionModel> {
  return {
    page: await loaders.recordPage.load({ of: filter, page: parsePage(page, isRecordId) }),
    cursorOf: (record) => encodeCursor(record.id),
    count: () => loaders.recordCount.load(filter),
  }
}
