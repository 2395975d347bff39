import type { SourceFile } from './tree.ts'

/** Code that runs in a server. Tests, tools and code on an author's machine handle no data of others. */
const servers = /^(domain|gateway|infrastructure|standalone|subgraphs|workers)\//

/**
 * Spreading a list into a call turns it into arguments on the stack. With about 120,000 items or more, the call throws a RangeError. The
 * length of a list depends on data, so server code spreads none into these functions, which take any number of arguments.
 */
const spreadCall =
  /(\.(push|unshift|splice|concat)|\bMath\.(max|min)|\bString\.from(CharCode|CodePoint))\((?:[^(){}]*, *)?\.\.\.|(?<!\bReflect)\.apply\(/

export function spreadBreaches({ path, text }: SourceFile): string[] {
  if (!servers.test(path) || path.endsWith('.test.ts')) return []
  return text
    .split('\n')
    .flatMap((line, index) => (spreadCall.test(line) ? [`${path}:${index + 1} spreads a list into a call: ${line.trim()}`] : []))
}
