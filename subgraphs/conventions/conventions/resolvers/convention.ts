import { existing } from '../../../server/existing.ts'
import type { ConventionResolvers, FileRequirementsResolvers } from '../../generated/types.ts'

export const Convention: ConventionResolvers = {
  __resolveReference: ({ slug }, { loaders }) => loaders.convention.load(slug),
  schema: async ({ schema }, _, { loaders }) => existing(await loaders.schema.load(schema), 'schema'),
  hooks: ({ hooks }) => hooks.map((name) => ({ name })),
}

export const FileRequirements: FileRequirementsResolvers = {
  maxFileSize: ({ maxFileSize }) => (maxFileSize === undefined || maxFileSize === null ? null : BigInt(maxFileSize)),
}
