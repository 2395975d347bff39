import type { FeatureSpec as Feature } from '@strata/domain/registry'
import type { FeatureSpecResolvers, HookResolvers } from '../../generated/types.ts'

export const Hook: HookResolvers = {
  __resolveReference: ({ name }, { loaders }) => loaders.hook.load(name),
}

const featureTypes: { readonly [Kind in Feature['kind']]: 'TableFeature' | 'VocabularyFeature' } = {
  table: 'TableFeature',
  vocabulary: 'VocabularyFeature',
}

export const FeatureSpec: FeatureSpecResolvers = { __resolveType: ({ kind }) => featureTypes[kind] }
