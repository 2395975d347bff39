import { RE2JS } from 're2js'

/**
 * An author's pattern, tried on values that strangers send: RE2 matches in linear time, so no value can hang the node.
 * A pattern must match the whole value.
 */
export interface Pattern {
  matches(text: string): boolean
}

const compiled = new Map<string, Pattern>()

export function compilePattern(source: string): Pattern {
  const known = compiled.get(source)
  if (known) return known
  const expression = RE2JS.compile(source)
  const pattern: Pattern = { matches: (text) => expression.matches(text) }
  if (compiled.size >= 1000) compiled.clear()
  compiled.set(source, pattern)
  return pattern
}
