import { recordRefOf, type RecordId } from '@strata/domain/record'
import { BadUserInput, maxPageSize, parsePageSize, parseSrn, requirePast, type Srn } from '@strata/domain/shared'
import { recordNamed } from '../../../server/record-name.ts'
import type { Context } from '../../context.ts'
import type { RecordOutcomeResolvers, RecordResolvers } from '../../generated/types.ts'

/** The rows of one record when `first` is missing, as in the schema's `@listSize`. */
const usualFeatures = 100

export const Record: RecordResolvers = {
  __resolveReference: ({ srn }, { domain }) => (recordRefOf(parseSrn(srn, 'srn'), domain) === undefined ? null : { srn }),
  outcomes: async ({ srn }, _, context) => {
    const record = await idOf(srn, context)
    return (await context.loaders.outcomesOfRecord.load(record)).map((outcome) => ({ ...outcome, record }))
  },
  features: async ({ srn }, { hook, asOf, first }, context) => {
    const limit = first == null ? usualFeatures + 1 : parsePageSize(first)
    const rows = await context.loaders.featuresOfRecord.load({ record: await idOf(srn, context), hook, asOf: requirePast(asOf), limit })
    if (first != null || rows.length <= usualFeatures) return rows
    throw new BadUserInput(
      `This record has more than ${usualFeatures} rows of "${hook}"; say with "first" how many you want (up to ${maxPageSize}), or read them with "rows", page by page.`,
      'first',
    )
  },
}

export const RecordOutcome: RecordOutcomeResolvers = {
  hook: ({ hook }) => ({ name: hook }),
  staleBecause: async ({ record, hook }, _, { loaders }) => {
    const staleness = await loaders.staleness.load({ record, hook })
    return staleness.kind === 'FRESH' ? null : staleness.because
  },
  run: ({ made }) => (made === undefined ? null : { id: made.run }),
  release: ({ made }) => (made === undefined ? null : { id: made.release }),
  reason: ({ made }) => made?.reason ?? null,
  at: ({ made }) => made?.at ?? null,
}

async function idOf(srn: Srn, context: Context): Promise<RecordId> {
  const id = await recordNamed(srn, context)
  if (id === undefined) throw new Error(`${srn} is not a record of this archive`)
  return id
}
