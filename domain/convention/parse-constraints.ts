import { BadUserInput, Faults } from '@strata/domain/shared'
import { compilePattern } from './pattern.ts'
import type { FieldConstraints, FieldType } from './schema.ts'

export type FieldConstraintsInput = { readonly [Key in keyof FieldConstraints]?: FieldConstraints[Key] | null | undefined }

const allowed: Record<FieldType, readonly (keyof FieldConstraints)[]> = {
  TEXT: ['minLength', 'maxLength', 'pattern'],
  URL: ['minLength', 'maxLength', 'pattern'],
  TERM: ['vocabulary', 'pattern'],
  NUMBER: ['min', 'max'],
  INTEGER: ['min', 'max'],
  BOOLEAN: [],
  DATE: [],
  DATETIME: [],
}

/** Refuses constraints that do not apply to the field's type: they would never be checked. */
export function parseConstraints(input: FieldConstraintsInput, type: FieldType, path: string): FieldConstraints {
  const faults = new Faults()
  for (const [key, value] of Object.entries(input)) {
    if (value === null || value === undefined || allowed[type].some((name) => name === key)) continue
    const may = allowed[type].length > 0 ? `it may have ${allowed[type].join(', ')}` : 'it has none'
    faults.add(new BadUserInput(`A ${type} field has no constraint "${key}"; ${may}.`, `${path}.${key}`))
  }
  const { minLength, maxLength, pattern, min, max, vocabulary } = input
  faults.attempt(() => refuseNegative(minLength, `${path}.minLength`))
  faults.attempt(() => refuseNegative(maxLength, `${path}.maxLength`))
  faults.attempt(() => refuseCrossed(['minLength', minLength], ['maxLength', maxLength], path))
  faults.attempt(() => refuseCrossed(['min', min], ['max', max], path))
  if (pattern) faults.attempt(() => checkPattern(pattern, `${path}.pattern`))
  faults.end()
  return {
    ...(minLength == null ? {} : { minLength }),
    ...(maxLength == null ? {} : { maxLength }),
    ...(pattern == null ? {} : { pattern }),
    ...(min == null ? {} : { min }),
    ...(max == null ? {} : { max }),
    ...(vocabulary == null ? {} : { vocabulary }),
  }
}

function refuseNegative(length: number | null | undefined, path: string): void {
  if (length != null && length < 0) throw new BadUserInput('A length cannot be negative.', path)
}

type Bound = readonly [name: string, value: number | null | undefined]

function refuseCrossed([least, from]: Bound, [most, to]: Bound, path: string): void {
  if (from == null || to == null || from <= to) return
  throw new BadUserInput(`"${least}" (${from}) exceeds "${most}" (${to}), so no value fits.`, `${path}.${least}`)
}

function checkPattern(pattern: string, path: string): void {
  if (pattern.length > 1000) throw new BadUserInput('A pattern has at most 1000 characters.', path)
  try {
    compilePattern(pattern)
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault)
    throw new BadUserInput(`The pattern cannot be used: ${reason}. Patterns are RE2: no look-around, no back-references.`, path)
  }
}
