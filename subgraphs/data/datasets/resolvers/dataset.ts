import { existing } from '../../../server/existing.ts'
import type { DatasetResolvers } from '../../generated/types.ts'

export const Dataset: DatasetResolvers = {
  convention: ({ convention }) => ({ slug: convention }),
  license: async ({ convention }, _, { loaders }) => existing(await loaders.convention.load(convention), 'convention').license ?? null,
  tables: ({ convention, tables }) => tables.map((table) => ({ ...table, convention })),
}
