import { checkClaim, fileSightOf, recordSrn, type PublishResult, type SourceOrigin } from '@strata/domain/record'
import { existing } from '../../../server/existing.ts'
import type { MutationResolvers, PublishSourceInput } from '../../generated/types.ts'

export const Mutation: MutationResolvers = {
  publishRecords: async (_, { input }, { services, actor, caller, domain }) => {
    const { convention, records, source, onChange } = input
    const results = await services.records.publish(
      { convention, records, onChange, origin: checkClaim(originOf(source), domain), sight: fileSightOf(caller) },
      actor,
    )
    return {
      publishedCount: count(results, 'PUBLISHED'),
      revisedCount: count(results, 'REVISED'),
      changedCount: count(results, 'CHANGED'),
      duplicateCount: count(results, 'DUPLICATE'),
      invalidCount: count(results, 'INVALID'),
      warnings: results.flatMap((result) => (result.status === 'PUBLISHED' && result.warning !== undefined ? [result.warning] : [])),
      results: results.map((result) => ({
        sourceId: result.sourceId,
        status: result.status,
        srn: result.status === 'INVALID' ? null : recordSrn(domain, result),
        findings: result.status === 'INVALID' || result.status === 'CHANGED' ? result.findings : [],
      })),
    }
  },

  withdrawRecord: async (_, { input }, { services, caller, loaders }) =>
    existing(await loaders.record.load(await services.records.withdraw(input, caller)), 'record'),

  restoreRecord: async (_, input, { services, actor, loaders }) =>
    existing(await loaders.record.load(await services.records.restore(input, actor)), 'record'),
}

/** `@exactlyOne` has seen to it that one key is there. */
function originOf({ harvest, fork, import: imported }: PublishSourceInput): SourceOrigin {
  if (harvest) return { type: 'harvest', ...harvest }
  if (fork) return { type: 'fork', ...fork }
  if (imported) return { type: 'import', ...imported }
  throw new Error('a source without a key passed @exactlyOne')
}

function count(results: readonly PublishResult[], status: PublishResult['status']): number {
  return results.filter((result) => result.status === status).length
}
