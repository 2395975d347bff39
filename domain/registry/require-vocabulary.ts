import { BadUserInput } from '@strata/domain/shared'
import type { FeatureSpec } from './feature-spec/feature-spec.ts'

/** Refuses a release of a hook that needs a vocabulary. This version of the archive has none, so the hook would never run. */
export function requireVocabularyOf({ name, feature }: { readonly name: string; readonly feature: FeatureSpec }, field: string): void {
  if (feature.kind !== 'vocabulary') return
  throw new BadUserInput(
    `This version of the archive has no vocabularies, so "${name}" would never run: there is no vocabulary "${feature.vocabulary}". ` +
      'Leave the hook out, or let it produce a table.',
    field,
  )
}
