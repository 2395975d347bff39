import { recordSrn } from '@strata/domain/record'
import type { QueryResolvers, RowDiffResolvers } from '../../generated/types.ts'

export const releaseDiffQuery: QueryResolvers = {
  releaseDiff: (_, input, { services }) => services.questions.diffReleases(input),
}

export const RowDiff: RowDiffResolvers = {
  record: ({ record }, _, { domain }) => ({ srn: recordSrn(domain, record) }),
  before: ({ before }) => before ?? null,
  after: ({ after }) => after ?? null,
}
