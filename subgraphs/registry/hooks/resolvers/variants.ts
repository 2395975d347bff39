import type { FeatureSpec, RuntimeConfig } from '@strata/domain/registry'
import type { FeatureSpecResolvers, RuntimeConfigResolvers } from '../../generated/types.ts'

const runtimeTypes: { readonly [Type in RuntimeConfig['type']]: 'OciRuntime' | 'ModuleRuntime' } = {
  oci: 'OciRuntime',
  module: 'ModuleRuntime',
}

const featureTypes: { readonly [Kind in FeatureSpec['kind']]: 'TableFeature' | 'VocabularyFeature' } = {
  table: 'TableFeature',
  vocabulary: 'VocabularyFeature',
}

export const RuntimeConfigType: RuntimeConfigResolvers = { __resolveType: ({ type }) => runtimeTypes[type] }
export const FeatureSpecType: FeatureSpecResolvers = { __resolveType: ({ kind }) => featureTypes[kind] }
