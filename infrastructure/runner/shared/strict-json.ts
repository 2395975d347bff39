import type { Json } from '@strata/domain/shared'
import { cleanJson } from './clean-json.ts'

export type StrictJson =
  /** `fault` is a value that JSON can say and no column can hold; the structure is sound all the same. */
  { readonly ok: true; readonly value: Json; readonly fault?: string } | { readonly ok: false; readonly reason: string }

const maxJsonDepth = 64

/** JSON as its standard has it, one meaning per text: no key twice, none that means a prototype, no bottomless nesting. */
export function parseStrictJson(text: string): StrictJson {
  const clean = cleanJson(text, maxJsonDepth)
  if (clean !== undefined) return { ok: true, value: clean }
  const found = scan(text)
  if (found.refused !== undefined) return { ok: false, reason: found.refused }
  try {
    const value: Json = JSON.parse(text)
    return found.fault === undefined ? { ok: true, value } : { ok: true, value, fault: found.fault }
  } catch {
    return { ok: false, reason: text.trim() === '' ? 'it is empty' : `it is not JSON: ${show(text)}` }
  }
}

const prototypes = new Set(['__proto__', 'constructor', 'prototype'])

interface Scanned {
  refused?: string | undefined
  fault?: string | undefined
}

/**
 * One pass over the text for what JSON.parse lets through. It relies on JSON.parse to refuse whatever is no JSON, so it
 * only follows strings, brackets and numbers.
 */
function scan(text: string): Scanned {
  const found: Scanned = {}
  /** The keys of each open object; undefined for an array. */
  const open: (string[] | undefined)[] = []
  const escapes = text.includes('\\u')
  let i = 0
  while (i < text.length) {
    const c = text.charCodeAt(i)
    if (c === 0x22) {
      const end = endOfString(text, i)
      if (isKey(text, end)) {
        const refused = addKey(open.at(-1), text.slice(i, end))
        if (refused !== undefined) return { refused }
      } else if (escapes) found.fault ??= wrongString(text.slice(i, end))
      i = end
    } else if (c === 0x7b || c === 0x5b) {
      open.push(c === 0x7b ? [] : undefined)
      if (open.length > maxJsonDepth) return { refused: `it is nested deeper than ${maxJsonDepth}` }
      i += 1
    } else if (c === 0x7d || c === 0x5d) {
      open.pop()
      i += 1
    } else if (c === 0x2d || (c >= 0x30 && c <= 0x39)) {
      const end = endOfNumber(text, i)
      if (end - i > 15 || hasExponent(text, i, end)) found.fault ??= wrongNumber(text.slice(i, end))
      i = end
    } else i += 1
  }
  return found
}

function addKey(keys: string[] | undefined, quoted: string): string | undefined {
  const key = decode(quoted)
  if (keys === undefined || key === undefined) return undefined
  if (prototypes.has(key)) return `the key "${key}" is not allowed`
  if (keys.length < 16 ? keys.includes(key) : manyKeys(keys).has(key)) return `the key ${show(JSON.stringify(key))} appears twice`
  keys.push(key)
  if (keys.length > 16) manyKeys(keys).add(key)
  return undefined
}

/** A set beside the list once an object is large: looking through a list for each of its keys would take for ever. */
const sets = new WeakMap<string[], Set<string>>()

function manyKeys(keys: string[]): Set<string> {
  const known = sets.get(keys)
  if (known !== undefined) return known
  const made = new Set(keys)
  sets.set(keys, made)
  return made
}

/** After a string, only a key is followed by a colon. */
function isKey(text: string, from: number): boolean {
  let i = from
  while (i < text.length && isSpace(text.charCodeAt(i))) i += 1
  return text.charCodeAt(i) === 0x3a
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i += 1) {
    const c = text.charCodeAt(i)
    if (c === 0x22) return i + 1
    if (c === 0x5c) i += 1
  }
  return text.length
}

function endOfNumber(text: string, start: number): number {
  let i = start + 1
  while (i < text.length && isNumeric(text.charCodeAt(i))) i += 1
  return i
}

/** Digits, and `.`, `e`, `E`, `+`, `-`. */
function isNumeric(c: number): boolean {
  return (c >= 0x30 && c <= 0x39) || c === 0x2e || (c | 0x20) === 0x65 || c === 0x2b || c === 0x2d
}

function hasExponent(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i += 1) if ((text.charCodeAt(i) | 0x20) === 0x65) return true
  return false
}

function wrongNumber(digits: string): string | undefined {
  const value = Number(digits)
  if (!Number.isFinite(value)) return `the number ${digits.slice(0, 40)} is too large`
  const whole = /^-?[0-9]+$/.test(digits)
  return whole && !Number.isSafeInteger(value) ? `the number ${digits.slice(0, 40)} is too large to be kept exactly` : undefined
}

/** The text is UTF-8, so what PostgreSQL cannot keep can only come from an escape. */
function wrongString(quoted: string): string | undefined {
  if (!quoted.includes('\\u')) return undefined
  const value = decode(quoted) ?? ''
  if (value.includes('\0')) return 'a text contains a NUL character'
  return value.isWellFormed() ? undefined : 'a text contains a lone surrogate (half a Unicode character)'
}

function decode(quoted: string): string | undefined {
  if (!quoted.includes('\\')) return quoted.slice(1, -1)
  try {
    const text: unknown = JSON.parse(quoted)
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}

function isSpace(c: number): boolean {
  return c === 0x20 || c === 0x09 || c === 0x0a || c === 0x0d
}

function show(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
