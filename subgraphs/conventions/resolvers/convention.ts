import type { ConventionResolvers, FileRequirementsResolvers } from '../generated/types.ts'
import { existing } from '../../server/existing.ts'

export const Convention: ConventionResolvers = {
  __resolveReference: ({ slug }, { loaders }) => loaders.convention.load(slug),
  schema: async ({ schema }, _, { loaders }) => existing(await loaders.schema.load(schema), 'schema'),
}

export const FileRequirements: FileRequirementsResolvers = {
  maxFileSize: ({ maxFileSize }) => (maxFileSize === undefined || maxFileSize === null ? null : BigInt(maxFileSize)),
}
