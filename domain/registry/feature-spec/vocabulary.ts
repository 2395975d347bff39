import { BadUserInput, parseColumnName, type ColumnName } from '@strata/domain/shared'

/** A text field classified into a controlled vocabulary; the output lands in that vocabulary's mappings. */
export interface VocabularyFeature {
  readonly kind: 'vocabulary'
  readonly vocabulary: string
  readonly field: ColumnName
}

export interface VocabularyFeatureInput {
  readonly vocabulary: string
  readonly field: string
}

export function parseVocabularyFeature({ vocabulary, field }: VocabularyFeatureInput, path: string): VocabularyFeature {
  if (!/^[a-z][a-z0-9_-]{0,62}$/.test(vocabulary)) {
    throw new BadUserInput(
      `"${vocabulary.slice(0, 80)}" is not a vocabulary's name; one has lower-case letters, digits, hyphens and underscores.`,
      `${path}.vocabulary`,
    )
  }
  return { kind: 'vocabulary', vocabulary, field: parseColumnName(field, `${path}.field`) }
}

export function vocabularyDifferences(was: VocabularyFeature, is: VocabularyFeature): string[] {
  return [
    ...(was.vocabulary === is.vocabulary ? [] : [`vocabulary was "${was.vocabulary}" and is "${is.vocabulary}"`]),
    ...(was.field === is.field ? [] : [`field was "${was.field}" and is "${is.field}"`]),
  ]
}
