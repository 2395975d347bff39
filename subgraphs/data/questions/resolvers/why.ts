import { srnOf } from '../../../server/record-name.ts'
import { BadUserInput, requirePast } from '@strata/domain/shared'
import type { QueryResolvers, RowExplanationResolvers } from '../../generated/types.ts'

export const whyQuery: QueryResolvers = {
  why: (_, { row, asOf }, { services }) => services.questions.explainRow({ row, asOf: requirePast(asOf) }),
}

const mostSuperseded = 1_000

export const RowExplanation: RowExplanationResolvers = {
  record: async ({ id }, _, context) => ({ srn: await srnOf(id.record, context) }),
  run: ({ run }) => ({ id: run.id }),
  release: ({ run }) => ({ id: run.release }),
  ran: ({ run }) => run.ran,
  madeLiveBy: ({ madeLiveBy }) => (madeLiveBy === undefined ? null : { id: madeLiveBy.id }),
  versionNotCountingBecause: (explanation) => explanation.versionNotCountingBecause ?? null,
  counts: ({ counting, run }) => counting?.id === run.release,
  countingRelease: ({ counting }) => (counting === undefined ? null : { id: counting.id }),
  staleBecause: (explanation) => explanation.staleBecause ?? null,
  supersedes: ({ id, superseded }, { first }, { services }) => {
    const limit = first ?? 100
    if (limit < 1 || limit > mostSuperseded)
      throw new BadUserInput(`"first" is 1 to ${mostSuperseded}; rows(release: …) has all rows of a release.`, 'first')
    return services.questions.supersededRows(id, superseded, limit)
  },
  supersededCount: ({ superseded }) => superseded.reduce((sum, { result }) => sum + BigInt(result.rows), 0n),
}
