import type { RecordId } from '@strata/domain/record'
import { existing } from '../../../server/existing.ts'
import { srnOf } from '../../../server/record-name.ts'
import type { ReproductionDifferenceResolvers, ReproductionResolvers } from '../../generated/types.ts'

export const Reproduction: ReproductionResolvers = {
  run: async ({ run }, _, { loaders }) => existing(await loaders.run.load(run), 'run'),
  verdict: ({ comparison }) => comparison?.verdict,
  sample: ({ comparison }) => comparison?.sample,
  tolerance: ({ comparison }) => comparison?.tolerance,
  recordsCompared: ({ comparison }) => comparison?.recordsCompared,
  recordsWithoutRows: ({ comparison }) => comparison?.recordsWithoutRows,
  outcomesDiffering: ({ comparison }) => comparison?.outcomesDiffering,
  rowsIdentical: ({ comparison }) => comparison?.rowsIdentical,
  rowsTolerated: ({ comparison }) => comparison?.rowsTolerated,
  rowsDiverged: ({ comparison }) => comparison?.rowsDiverged,
  examples: ({ comparison }) => comparison?.examples ?? [],
  at: ({ comparison }) => comparison?.at,
}

export const ReproductionDifference: ReproductionDifferenceResolvers = {
  record: async ({ record }, _, context) => ({ srn: await srnOf(record as RecordId, context) }),
}
