import { BadUserInput, every, parseColumnName, type ColumnName } from '@strata/domain/shared'

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
  return {
    kind: 'vocabulary',
    ...every({
      vocabulary: () => parseVocabularyName(vocabulary, `${path}.vocabulary`),
      field: () => parseColumnName(field, `${path}.field`),
    }),
  }
}

function parseVocabularyName(name: string, field: string): string {
  if (/^[a-z][a-z0-9_-]{0,62}$/.test(name)) return name
  throw new BadUserInput(
    `"${name.slice(0, 80)}" is not a vocabulary's name; one has lower-case letters, digits, hyphens and underscores.`,
    field,
  )
}

export function vocabularyDifferences(was: VocabularyFeature, is: VocabularyFeature): string[] {
  return [
    ...(was.vocabulary === is.vocabulary ? [] : [`vocabulary was "${was.vocabulary}" and is "${is.vocabulary}"`]),
    ...(was.field === is.field ? [] : [`field was "${was.field}" and is "${is.field}"`]),
  ]
}
