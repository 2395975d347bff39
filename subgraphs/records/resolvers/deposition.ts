import { depositionSrn } from '@strata/domain/deposition'
import type { DepositionResolvers, RecordFileResolvers } from '../generated/types.ts'

export const Deposition: DepositionResolvers = {
  srn: ({ id }, _, { domain }) => depositionSrn(domain, id),
  convention: ({ convention }) => ({ slug: convention }),
  record: ({ record }, _, { loaders }) => (record === undefined ? null : loaders.record.load(record)),
}

export const RecordFile: RecordFileResolvers = {
  mediaType: ({ mediaType }) => mediaType ?? null,
  url: ({ url, digest }, _, { publicUrl }) => url ?? `${publicUrl ?? ''}/files/${digest}`,
}
