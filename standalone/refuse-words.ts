import { parseArgs } from 'node:util'

/** For commands without arguments. */
export function refuseWords(words: readonly string[]): void {
  parseArgs({ args: [...words], options: {} })
}
