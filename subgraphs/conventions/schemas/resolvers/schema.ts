import { parseSchemaVersion } from '@strata/domain/convention'
import { parseSchemaId } from '@strata/domain/shared'
import type { SchemaResolvers } from '../../generated/types.ts'

export const Schema: SchemaResolvers = {
  __resolveReference: ({ id, version }, { loaders }) =>
    loaders.schema.load({ id: parseSchemaId(id, 'id'), version: parseSchemaVersion(version, 'version') }),
  conventions: ({ id, version }, _, { loaders }) => loaders.conventionsOfSchema.load({ id, version }),
}
