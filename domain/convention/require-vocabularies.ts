import { BadUserInput, Faults } from '@strata/domain/shared'
import type { Schema } from './schema.ts'

/**
 * Refuses fields that need a vocabulary, because this version of the archive has none and would accept any text. An existing schema
 * version keeps its fields.
 */
export function requireVocabulariesOf({ fields }: Schema): void {
  const faults = new Faults()
  for (const [i, { name, type, constraints }] of fields.entries()) {
    if (type !== 'TERM') continue
    const which = constraints?.vocabulary === undefined ? '' : `: there is no vocabulary "${constraints.vocabulary}"`
    faults.add(
      new BadUserInput(
        `This version of the archive has no vocabularies, so nothing would check the TERM field "${name}"${which}. ` +
          'Until then, declare it as TEXT, with a pattern where that helps.',
        `input.schema.fields.${i}.type`,
      ),
    )
  }
  faults.end()
}
