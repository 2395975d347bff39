import type { RunFilter } from '@strata/domain/run'
import { encodeCursor, isUuid, parsePage, type PageArgs } from '../../../server/connection.ts'
import type { Context } from '../../context.ts'

/** Newest first; ids sort by the time of making. */
export async function runConnection(loaders: Context['loaders'], args: PageArgs, filter: RunFilter) {
  return {
    page: await loaders.runPage.load({ of: filter, page: parsePage(args, isUuid) }),
    cursorOf: ({ id }: { readonly id: string }) => encodeCursor(id),
    count: () => loaders.runCount.load(filter),
  }
}
