import { BadUserInput } from '@strata/domain/shared'
import type { WantedHook } from './manifest.ts'
import type { Schema } from './schema.ts'

/**
 * Refuses what only works with a vocabulary. This version of the archive has none: it would accept any text in a TERM field, and
 * never run a vocabulary hook.
 */
export function requireVocabularyOf({ name, feature, path }: Pick<WantedHook, 'name' | 'feature' | 'path'>): void {
  if (feature.kind !== 'vocabulary') return
  throw new BadUserInput(
    `This version of the archive has no vocabularies, so "${name}" would never run: there is no vocabulary "${feature.vocabulary}". ` +
      'Leave the hook out, or let it produce a table.',
    `${path}.feature.vocabulary`,
  )
}

/** The same for the fields of a schema version that is new. One that exists already keeps the fields it has. */
export function requireVocabulariesOf({ fields }: Schema): void {
  for (const [i, { name, type, constraints }] of fields.entries()) {
    if (type !== 'TERM') continue
    const which = constraints?.vocabulary === undefined ? '' : `: there is no vocabulary "${constraints.vocabulary}"`
    throw new BadUserInput(
      `This version of the archive has no vocabularies, so nothing would check the TERM field "${name}"${which}. ` +
        'Until then, declare it as TEXT, with a pattern where that helps.',
      `input.schema.fields.${i}.type`,
    )
  }
}
