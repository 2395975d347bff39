import type { RunJob } from '@strata/domain/run'
import { join } from 'node:path'
import { hookEnvironment } from '../shared/container-contract.ts'
import type { ConfinedPaths } from './confinement.ts'

/**
 * Node under its permission model: it may read its program and nothing else. The contract's variables are its whole
 * environment; they are the same as in a container, and what they name is not there, for a module is given its records.
 */
export function nodeCommand(job: RunJob, inside: ConfinedPaths): readonly string[] {
  return [
    'env', '-i', ...Object.entries(hookEnvironment(job)).map(([name, value]) => `${name}=${value}`),
    inside.node,
    '--permission',
    `--allow-fs-read=${inside.program}/*`,
    '--no-addons', '--disable-sigusr1', '--no-warnings',
    `--max-old-space-size=${heapMebibytes(job.memoryBytes)}`,
    join(inside.program, 'host', 'main.mjs'),
  ]
}

/** A little less than the limit, so that V8 collects garbage harder before the kernel has to kill. */
function heapMebibytes(memoryBytes: number): number {
  return Math.max(16, Math.floor((memoryBytes / 2 ** 20) * 0.85))
}
