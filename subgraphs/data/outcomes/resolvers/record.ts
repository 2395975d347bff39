import { recordIdOf, type RecordId } from '@strata/domain/record'
import { BadUserInput, maxPageSize, parsePageSize, parseSrn, requirePast, type Srn } from '@strata/domain/shared'
import type { RecordOutcomeResolvers, RecordResolvers } from '../../generated/types.ts'

/** The rows of one record when `first` is missing, as in the schema's `@listSize`. */
const usualFeatures = 100

export const Record: RecordResolvers = {
  __resolveReference: ({ srn }, { domain }) => (recordIdOf(parseSrn(srn, 'srn'), domain) === undefined ? null : { srn }),
  outcomes: async ({ srn }, _, { loaders, domain }) => {
    const record = idOf(srn, domain)
    return (await loaders.outcomesOfRecord.load(record)).map((outcome) => ({ ...outcome, record }))
  },
  features: async ({ srn }, { hook, asOf, first }, { loaders, domain }) => {
    const limit = first == null ? usualFeatures + 1 : parsePageSize(first)
    const rows = await loaders.featuresOfRecord.load({ record: idOf(srn, domain), hook, asOf: requirePast(asOf), limit })
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

function idOf(srn: Srn, domain: string): RecordId {
  const id = recordIdOf(srn, domain)
  if (id === undefined) throw new Error(`${srn} is not a record of this archive`)
  return id
}
