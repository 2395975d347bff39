import { programEnvironment, type RunJob } from '@strata/domain/run'

/** Where a program in a container finds its directories. */
export const inside = { input: '/osa/in', output: '/osa/out', files: '/osa/files' } as const

/** By what a container or a Job is known as an attempt's, and as whose. */
export const labels = { node: 'strata.node', run: 'strata.run', attempt: 'strata.attempt', kind: 'strata.kind' } as const

/** When a program is told to end; long enough to write a last line, short enough to be cancelled within 5 s. */
export const graceSeconds = 2

const mebi = 2 ** 20

/** How large `/tmp` may get. It is memory, and counts. */
export function scratchBytes({ memoryBytes }: Pick<RunJob, 'memoryBytes'>): number {
  return Math.max(16 * mebi, Math.floor(memoryBytes / 2))
}

/** All that the archive puts into a program's environment. */
export function environmentOf({ program }: Pick<RunJob, 'program'>): Readonly<Record<string, string>> {
  return programEnvironment(program, inside)
}

/** A tag is a memory aid; were it passed on, it could be looked up. */
export function byDigest({ image, digest }: { readonly image: string; readonly digest: string }): string {
  const colon = image.lastIndexOf(':')
  return `${colon > image.lastIndexOf('/') ? image.slice(0, colon) : image}@${digest}`
}
