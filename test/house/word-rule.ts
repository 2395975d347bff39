import type { SourceFile } from './tree.ts'

/**
 * Words that leave open who or what is meant, that are archaic, or that native speakers read twice. docs/contributing.md says what to
 * write instead.
 */
const banned = [
  /(?<![\w`"])([Ww]hoever|[Nn]obody|[Ss]omebody|[Aa]new|[Ll]est|[Tt]hereof|[Uu]nless told otherwise)(?![\w`"])/,
  // "is no X" for "is not an X". "There is no X" and "0 is no limit" are plain.
  /(?<![Tt]here )\bis no (?!longer|limit|more|such)[a-z]/,
]

/** Lines with such words, each as `file:line …`. Tests may name their people freely; docs/contributing.md quotes the words. */
export function wordBreaches({ path, text }: SourceFile): string[] {
  if (/^(test|bench)\/|\.test\.ts$/.test(path) || path === 'docs/contributing.md') return []
  return text.split('\n').flatMap((line, at) => (banned.some((word) => word.test(line)) ? [`${path}:${at + 1} ${line.trim()}`] : []))
}
