import { depositionSrn } from '@strata/domain/deposition'
import type { DepositionResolvers } from '../../generated/types.ts'

export const Deposition: DepositionResolvers = {
  srn: ({ id }, _, { domain }) => depositionSrn(domain, id),
  convention: ({ convention }) => ({ slug: convention }),
  // By their content: a draft has no public address, and the caller must send a token.
  files: ({ files }, _, { publicUrl }) =>
    files.map((file) => ({ ...file, url: `${publicUrl?.replace(/\/+$/, '') ?? ''}/files/${file.digest}` })),
  revises: async ({ revises }, _, { loaders }) => {
    const id = revises && (await loaders.recordId.load({ identity: revises.record, version: revises.version }))
    return id === undefined ? null : loaders.record.load(id)
  },
  note: ({ revises }) => revises?.note ?? null,
  record: ({ record }, _, { loaders }) => (record === undefined ? null : loaders.record.load(record)),
}
