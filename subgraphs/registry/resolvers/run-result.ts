import { recordSrn } from '@strata/domain/record'
import { parsePageSize } from '@strata/domain/shared'
import { encodeCursor, parseNumberPage } from '../../server/connection.ts'
import type { HookRunResolvers, ReasonCountResolvers, RunResultResolvers } from '../generated/types.ts'

/** What a run made of its records. A cursor is a place in the batch, because ids of unpublished records are not for everyone. */
export const resultsOfRun: Pick<HookRunResolvers, 'results' | 'reasons'> = {
  async results({ id }, { status, first, after }, { runs }) {
    return {
      page: await runs.resultPage(id, status ?? undefined, parseNumberPage({ first, after })),
      cursorOf: ({ position }) => encodeCursor(String(position)),
      count: () => runs.resultCount(id, status ?? undefined),
    }
  },
  reasons: async ({ id }, { first }, { runs }) => [...(await runs.reasonsOf(id, parsePageSize(first ?? 20)))],
}

export const RunResult: RunResultResolvers = {
  record: ({ record }, _, { domain }) => (record === undefined ? null : { srn: recordSrn(domain, record) }),
}

export const ReasonCount: ReasonCountResolvers = {
  example: ({ example }, _, { domain }) => (example === undefined ? null : recordSrn(domain, example)),
}
