import type { PublishedRecord } from '@strata/domain/record'
import { isSrn, srnParts } from '@strata/domain/shared'
import type { RecordOriginResolvers } from '../../generated/types.ts'
import type { RecordOriginModel } from '../../mappers.ts'

/** The origin that a fork's source id names. The id may also be any other text. */
export function originOf({ id, source }: PublishedRecord): RecordOriginModel | undefined {
  if (source.type !== 'fork' || !isSrn(source.id)) return undefined
  const { domain, type } = srnParts(source.id)
  return type === 'rec' ? { fork: id, node: domain, srn: source.id } : undefined
}

export const RecordOrigin: RecordOriginResolvers = {
  record: async ({ fork }, _, { loaders }) => {
    const original = await loaders.originalOf.load(fork)
    return original === undefined ? null : loaders.record.load(original)
  },
}
