import type { Json } from '@strata/domain/shared'

/**
 * The value of a text that is clean at a glance, which nearly all are; undefined when it must be looked at closely. It is
 * the faster half of strict-json.ts and knows no rules of its own: what it lets pass, the scan there would let pass.
 */
export function cleanJson(text: string, maxDepth: number): Json | undefined {
  if (text.includes('\\u')) return undefined
  try {
    const value: Json = JSON.parse(text)
    // A key that is there twice is one key in the value and two in the text.
    return countKeys(value, maxDepth) === countColons(text) ? value : undefined
  } catch {
    // The later checks say what is wrong with it.
    return undefined
  }
}

/** Colons outside of strings: one for each key. */
function countColons(text: string): number {
  let colons = 0
  let inString = false
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i)
    if (c === 0x22) inString = !inString
    else if (inString) {
      if (c === 0x5c) i += 1
    } else if (c === 0x3a) colons += 1
  }
  return colons
}

/** The keys at every depth; NaN, which equals no number, when something must be looked at closely. */
function countKeys(value: Json, depth: number): number {
  if (typeof value === 'number') return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value)) ? 0 : NaN
  if (typeof value !== 'object' || value === null) return 0
  if (depth === 0) return NaN
  let keys = 0
  if (isList(value)) for (const item of value) keys += countKeys(item, depth - 1)
  else {
    for (const [key, item] of Object.entries(value)) {
      if (key === '__proto__' || key === 'constructor' || key === 'prototype') return NaN
      keys += 1 + countKeys(item, depth - 1)
    }
  }
  return keys
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
