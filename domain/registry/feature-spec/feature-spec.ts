import { BadUserInput } from '@strata/domain/shared'
import { parseTableFeature, tableDifferences, type TableFeature, type TableFeatureInput } from './table.ts'
import { parseVocabularyFeature, vocabularyDifferences, type VocabularyFeature, type VocabularyFeatureInput } from './vocabulary.ts'

/** What a hook produces. A new kind needs a new file here and a member of this union. */
export type FeatureSpec = TableFeature | VocabularyFeature

/** Exactly one key, the kind, with the input of that kind. */
export interface FeatureSpecInput {
  readonly table?: TableFeatureInput | null | undefined
  readonly vocabulary?: VocabularyFeatureInput | null | undefined
}

export function parseFeatureSpec({ table, vocabulary }: FeatureSpecInput, path: string): FeatureSpec {
  if (table) return parseTableFeature(table, `${path}.table`)
  if (vocabulary) return parseVocabularyFeature(vocabulary, `${path}.vocabulary`)
  throw new BadUserInput('A feature is one of table, vocabulary.', path)
}

/** The changes between two contracts, in words; empty when rows of one are valid in the other. */
export function contractDifferences(was: FeatureSpec, is: FeatureSpec): readonly string[] {
  switch (was.kind) {
    case 'table':
      return is.kind === 'table' ? tableDifferences(was, is) : [otherKind(was, is)]
    case 'vocabulary':
      return is.kind === 'vocabulary' ? vocabularyDifferences(was, is) : [otherKind(was, is)]
    default:
      return was satisfies never
  }
}

function otherKind(was: FeatureSpec, is: FeatureSpec): string {
  return `it produced a ${was.kind} and now a ${is.kind}`
}
