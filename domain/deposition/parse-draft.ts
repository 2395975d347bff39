import { BadUserInput, isJsonObject, type Json, type JsonObject } from '@strata/domain/shared'

const deepest = 64

/**
 * A draft's metadata may be incomplete and wrong: that is said when it is submitted. What could not be kept as it was
 * given is refused at once.
 */
export function parseDraft(metadata: Json, field: string): JsonObject {
  if (!isJsonObject(metadata))
    throw new BadUserInput('The metadata of a draft is an object with fields of the schema, perhaps none.', field)
  const fault = faultOf(metadata, deepest)
  if (fault !== undefined) throw new BadUserInput(`The metadata cannot be kept: ${fault}.`, field)
  return metadata
}

function faultOf(value: Json, depth: number): string | undefined {
  if (depth === 0) return `it is nested more than ${deepest} deep`
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'it has a number in it that is too large'
  if (typeof value === 'string') return faultOfText(value)
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, item] of Object.entries(value)) {
    const fault = faultOfKey(key) ?? faultOf(item, depth - 1)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** Copying an object that has a key of this name loses it on the way, silently. */
function faultOfKey(key: string): string | undefined {
  return key === '__proto__' ? 'it has a field "__proto__" in it' : faultOfText(key)
}

function faultOfText(text: string): string | undefined {
  if (text.includes('\0')) return 'it has a NUL character in it'
  return text.isWellFormed() ? undefined : 'it has half a Unicode character in it (a lone surrogate)'
}
