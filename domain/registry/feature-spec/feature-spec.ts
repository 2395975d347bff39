import { BadUserInput } from '@strata/domain/shared'
import { parseTableFeature, tableDifferences, type TableFeature, type TableFeatureInput } from './table.ts'
import { parseVocabularyFeature, vocabularyDifferences, type VocabularyFeature, type VocabularyFeatureInput } from './vocabulary.ts'

/** What a hook produces. A new kind is a new file here, and one more member of this union. */
export type FeatureSpec = TableFeature | VocabularyFeature

/** One key, the kind; what it holds is that kind's own. */
export interface FeatureSpecInput {
  readonly table?: TableFeatureInput | null | undefined
  readonly vocabulary?: VocabularyFeatureInput | null | undefined
}

export function parseFeatureSpec({ table, vocabulary }: FeatureSpecInput, path: string): FeatureSpec {
  if (table) return parseTableFeature(table, `${path}.table`)
  if (vocabulary) return parseVocabularyFeature(vocabulary, `${path}.vocabulary`)
  throw new BadUserInput('A feature is one of table, vocabulary.', path)
}

/** How the second contract differs from the first, in words; nothing when rows of one fit the other. */
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
