import type { SourceFile } from './tree.ts'

/** Words that leave open who or what is meant. docs/contributing.md says what to write instead. */
const vague = /(?<![\w`])([Ww]hoever|[Nn]obody)(?![\w`])/

/** Lines of code with such words, each as `file:line …`. Tests may name their people as they like. */
export function wordBreaches({ path, text }: SourceFile): string[] {
  if (/^(test|bench)\/|\.test\.ts$/.test(path)) return []
  return text.split('\n').flatMap((line, at) => (vague.test(line) ? [`${path}:${at + 1} ${line.trim()}`] : []))
}
