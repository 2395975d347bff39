import { BadUserInput, every, parseColumnName, type ColumnName } from '@strata/domain/shared'

/** Classifies a text field into a controlled vocabulary. The output becomes mappings of that vocabulary. */
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
    `"${name.slice(0, 80)}" is not a vocabulary's name; it must have lower-case letters, digits, hyphens and underscores.`,
    field,
  )
}

export function vocabularyDifferences(was: VocabularyFeature, is: VocabularyFeature): string[] {
  return [
    ...(was.vocabulary === is.vocabulary ? [] : [`vocabulary was "${was.vocabulary}" and is "${is.vocabulary}"`]),
    ...(was.field === is.field ? [] : [`field was "${was.field}" and is "${is.field}"`]),
  ]
}
