import { parseArgs } from 'node:util'

/** For commands without words of their own. */
export function refuseWords(words: readonly string[]): void {
  parseArgs({ args: [...words], options: {} })
}
