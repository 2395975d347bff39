import type { BlastRadiusOf, TouchedCounts } from '@strata/domain/provenance'
import { isRecordId } from '@strata/domain/record'
import { BadUserInput } from '@strata/domain/shared'
import { encodeCursor, parsePage } from '../../../server/connection.ts'
import { srnOf } from '../../../server/record-name.ts'
import type { BlastRadiusResolvers, QueryBlastRadiusArgs, QueryResolvers } from '../../generated/types.ts'

export const blastRadiusQuery: QueryResolvers = {
  blastRadius: async (_, { of }, { services }) => {
    const touched = await services.questions.findTouched(onlyKey(of))
    let counts: Promise<TouchedCounts> | undefined
    return { ...touched, counts: () => (counts ??= services.questions.blastRadii.counts(touched)) }
  },
}

/** Exactly one is given: that was checked before. */
function onlyKey({ digest, release, run, sourceRef }: QueryBlastRadiusArgs['of']): BlastRadiusOf {
  if (digest != null) return { digest }
  if (release != null) return { release }
  if (run != null) return { run }
  if (sourceRef != null) return { sourceRef }
  throw new BadUserInput('"of" takes exactly one of digest, release, run, sourceRef; none is given.', 'of')
}

export const BlastRadius: BlastRadiusResolvers = {
  releases: ({ releases }) => releases.map((id) => ({ id })),
  runs: async (touched, args, { services }) => ({
    page: await services.questions.blastRadii.runPage(touched, parsePage(args, isRecordId)),
    cursorOf: ({ id }) => encodeCursor(id),
    count: () => services.questions.blastRadii.runCount(touched),
  }),
  records: async (touched, args, context) => {
    const page = await context.services.questions.blastRadii.recordPage(touched, parsePage(args, isRecordId))
    return {
      page: { ...page, items: await Promise.all(page.items.map(async (id) => ({ id, srn: await srnOf(id, context) }))) },
      cursorOf: ({ id }) => encodeCursor(id),
      count: async () => Number((await touched.counts()).records),
    }
  },
  recordCount: async ({ counts }) => (await counts()).records,
  rowCount: async ({ counts }) => (await counts()).rows,
  effectiveRowCount: async ({ counts }) => (await counts()).effectiveRows,
}
