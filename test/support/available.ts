import { appendFileSync } from 'node:fs'
import { expect } from 'vitest'

/** A program that some tests need and a laptop may lack. */
export interface Tool {
  readonly name: string
  /** What is missing on this machine, as a sentence that says how to get it; undefined when it is available. */
  readonly missing: string | undefined
}

/** The test command sets this to a file. Each line of it is one `MissingTool`. */
export const missingToolsFile = 'STRATA_TEST_MISSING_TOOLS'

export interface MissingTool {
  readonly file: string
  readonly name: string
  readonly missing: string
}

/**
 * Whether tests can use this tool. Without it they are skipped on a laptop, and the summary of the test command says why. Where every test
 * must run (`CI` is set), its absence is a failure.
 */
export function isAvailable({ name, missing }: Tool): boolean {
  if (missing === undefined) return true
  if (process.env['CI']) throw new Error(`${missing} With CI set no test may be skipped.`)
  const noted = process.env[missingToolsFile]
  const line: MissingTool = { file: expect.getState().testPath ?? '', name, missing }
  if (noted !== undefined) appendFileSync(noted, `${JSON.stringify(line)}\n`)
  return false
}
