import { hookFiles } from './hook-contract.ts'
import { ingesterFiles } from './ingester-contract.ts'
import type { Program, ProgramKind } from './program.ts'

/** The directories that a program shares with the archive. */
export interface ProgramDirectories {
  readonly input: string
  readonly files: string
  readonly output: string
}

/** What a runner grants to programs of one kind. Everything else is denied. */
export interface ProgramContract {
  /** The files that the worker prepares in the input directory; each of them may be missing. */
  readonly inputs: readonly string[]
  /** The directories that the program may write into. What is in them afterwards is hostile. */
  readonly writable: readonly (keyof ProgramDirectories)[]
  /** The limits on what lies in all of these together. */
  readonly tree: { readonly maxEntries: number; readonly maxDepth: number }
  readonly network: 'none'
}

export const programContracts: { readonly [Kind in ProgramKind]: ProgramContract } = {
  hook: {
    inputs: [hookFiles.records, hookFiles.config],
    writable: ['output'],
    tree: { maxEntries: 1_000, maxDepth: 8 },
    network: 'none',
  },
  ingester: {
    inputs: [ingesterFiles.config, ingesterFiles.session],
    // It brings the files of its records. A batch has a thousand records at most.
    writable: ['output', 'files'],
    tree: { maxEntries: 20_000, maxDepth: 8 },
    network: 'none',
  },
}

/** All that a program's environment has, besides what an image sets itself. */
export function programEnvironment(program: Program, { input, files, output }: ProgramDirectories): Readonly<Record<string, string>> {
  const directories = { OSA_IN: input, OSA_OUT: output, OSA_FILES: files }
  switch (program.kind) {
    case 'hook':
      return { ...directories, OSA_HOOK_NAME: program.name }
    case 'ingester': {
      const { limit, since } = program
      return {
        ...directories,
        ...(limit === undefined ? {} : { OSA_LIMIT: String(limit) }),
        ...(since === undefined ? {} : { OSA_SINCE: since.toISOString() }),
      }
    }
    default:
      return program satisfies never
  }
}
