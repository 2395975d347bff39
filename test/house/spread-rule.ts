import type { SourceFile } from './tree.ts'

/** What runs in a server. Tests, tools and what runs on an author's machine handle no data of others. */
const servers = /^(domain|gateway|infrastructure|standalone|subgraphs|workers)\//

/**
 * A list that is spread into a call becomes its arguments, which lie on the stack: with about 120,000 items and more the call throws a
 * RangeError. How long a list is depends on data, so none is spread into these, which take any number of arguments.
 */
const spreadCall = /(\.(push|unshift|splice|concat)|\bMath\.(max|min)|\bString\.from(CharCode|CodePoint))\((?:[^(){}]*, *)?\.\.\.|(?<!\bReflect)\.apply\(/

export function spreadBreaches({ path, text }: SourceFile): string[] {
  if (!servers.test(path) || path.endsWith('.test.ts')) return []
  return text.split('\n').flatMap((line, index) => (spreadCall.test(line) ? [`${path}:${index + 1} spreads a list into a call: ${line.trim()}`] : []))
}
