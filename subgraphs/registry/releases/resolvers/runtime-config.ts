import type { RuntimeConfig as Runtime } from '@strata/domain/registry'
import type { RuntimeConfigResolvers } from '../../generated/types.ts'

const runtimeTypes: { readonly [Type in Runtime['type']]: 'OciRuntime' | 'ModuleRuntime' } = {
  oci: 'OciRuntime',
  module: 'ModuleRuntime',
}

export const RuntimeConfig: RuntimeConfigResolvers = { __resolveType: ({ type }) => runtimeTypes[type] }
