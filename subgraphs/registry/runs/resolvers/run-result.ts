import { parsePageSize } from '@strata/domain/shared'
import { encodeCursor, parseNumberPage } from '../../../server/connection.ts'
import { srnOf } from '../../../server/record-name.ts'
import type { HookRunResolvers, ReasonCountResolvers, RunResultResolvers } from '../../generated/types.ts'

/** What a run made of its records. A cursor is a place in the batch, because ids of unpublished records are not for everyone. */
export const resultsOfRun: Pick<HookRunResolvers, 'results' | 'reasons'> = {
  async results({ id }, { status, first, after }, { loaders }) {
    const filter = { run: id, ...(status == null ? {} : { status }) }
    return {
      page: await loaders.resultPage.load({ of: filter, page: parseNumberPage({ first, after }) }),
      cursorOf: ({ position }) => encodeCursor(String(position)),
      count: () => loaders.resultCount.load(filter),
    }
  },
  reasons: async ({ id }, { first }, { loaders }) => [...(await loaders.reasons.load({ run: id, first: parsePageSize(first ?? 20) }))],
}

export const RunResult: RunResultResolvers = {
  record: async ({ record }, _, context) => (record === undefined ? null : { srn: await srnOf(record, context) }),
}

export const ReasonCount: ReasonCountResolvers = {
  example: ({ example }, _, context) => (example === undefined ? null : srnOf(example, context)),
}
