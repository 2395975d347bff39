import { RE2JS } from 're2js'

/**
 * An author's pattern, tried on values that strangers send. RE2 matches in time that is linear in the text and in the pattern, but
 * the product of both can still be seconds, so a text that needs too many steps is not tried at all. A pattern must match the whole
 * value.
 */
export interface Pattern {
  /** The longest text that may be tried. */
  readonly longest: number
  /** How many steps a text takes at most: the size of the compiled pattern for each of its characters. */
  steps(text: string): number
  matches(text: string): boolean
}

/** A pattern that writes 1,000 characters out (about 2,000 instructions) still matches them; one of 30 takes the longest text there is. */
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
