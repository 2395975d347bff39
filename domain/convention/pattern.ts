import { RE2JS } from 're2js'

/**
 * An author's pattern, applied to values from untrusted callers. RE2 runs in time linear in the text and in the pattern, but the product of
 * both can still take seconds. A text that needs too many steps is therefore not tried. A pattern must match the whole value.
 */
export interface Pattern {
  /** The longest text that the pattern is tried on. */
  readonly longest: number
  /** The most steps that a text takes: the size of the compiled pattern times the number of characters. */
  steps(text: string): number
  matches(text: string): boolean
}

/** Enough to match a pattern that spells out 1,000 characters (about 2,000 instructions), and the longest text with 30 instructions. */
export const mostSteps = 3_000_000

const compiled = new Map<string, Pattern>()

export function compilePattern(source: string): Pattern {
  const known = compiled.get(source)
  if (known) return known
  const expression = RE2JS.compile(source)
  const size = Math.max(1, expression.programSize())
  const longest = Math.floor(mostSteps / size)
  const pattern: Pattern = {
    longest,
    steps: (text) => text.length * size,
    matches(text) {
      if (text.length > longest) throw new RangeError('a text that is too long for its pattern was tried')
      return expression.matches(text)
    },
  }
  if (compiled.size >= 1000) compiled.clear()
  compiled.set(source, pattern)
  return pattern
}
