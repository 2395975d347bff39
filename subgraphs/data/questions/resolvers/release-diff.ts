import { srnOf } from '../../../server/record-name.ts'
import type { QueryResolvers, RowDiffResolvers } from '../../generated/types.ts'

export const releaseDiffQuery: QueryResolvers = {
  releaseDiff: (_, input, { services }) => services.questions.diffReleases(input),
}

export const RowDiff: RowDiffResolvers = {
  record: async ({ record }, _, context) => ({ srn: await srnOf(record, context) }),
  before: ({ before }) => before ?? null,
  after: ({ after }) => after ?? null,
}
