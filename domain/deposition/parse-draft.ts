import { BadUserInput, isJsonObject, type Json, type JsonObject } from '@strata/domain/shared'

const deepest = 64

/**
 * Accepts incomplete and invalid metadata, which submission checks later. Refuses only what cannot be stored exactly as
 * given.
 */
export function parseDraft(metadata: Json, field: string): JsonObject {
  if (!isJsonObject(metadata))
    throw new BadUserInput('The metadata of a draft must be an object with fields of the schema; it may be empty.', field)
  const fault = faultOf(metadata, deepest)
  if (fault !== undefined) throw new BadUserInput(`The metadata cannot be stored: ${fault}.`, field)
  return metadata
}

function faultOf(value: Json, depth: number): string | undefined {
  if (depth === 0) return `it is nested more than ${deepest} deep`
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'it contains a number that is too large'
  if (typeof value === 'string') return faultOfText(value)
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, item] of Object.entries(value)) {
    const fault = faultOfKey(key) ?? faultOf(item, depth - 1)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** Copying an object silently drops a key with this name. */
function faultOfKey(key: string): string | undefined {
  return key === '__proto__' ? 'it contains a field "__proto__"' : faultOfText(key)
}

function faultOfText(text: string): string | undefined {
  if (text.includes('\0')) return 'it contains a NUL character'
  return text.isWellFormed() ? undefined : 'it contains a lone surrogate (half a Unicode character)'
}
