import type { RunJob } from '@strata/domain/run'
import { join } from 'node:path'
import { environmentOf } from '../shared/container-contract.ts'
import type { ConfinedPaths } from './confinement.ts'

/**
 * Runs Node under its permission model, which lets it read only its program. Its environment has only the contract's variables. They are the
 * same as in a container, but the paths in them do not exist, because a module receives its records over the socket.
 */
export function nodeCommand(job: RunJob, inside: ConfinedPaths): readonly string[] {
  return [
    'env',
    '-i',
    ...Object.entries(environmentOf(job)).map(([name, value]) => `${name}=${value}`),
    inside.node,
    '--permission',
    `--allow-fs-read=${inside.program}/*`,
    '--no-addons',
    '--disable-sigusr1',
    '--no-warnings',
    `--max-old-space-size=${heapMebibytes(job.memoryBytes)}`,
    join(inside.program, 'host', `${job.program.kind}.mjs`),
  ]
}

/** A little less than the limit, so that V8 collects garbage harder before the kernel has to kill. */
function heapMebibytes(memoryBytes: number): number {
  return Math.max(16, Math.floor((memoryBytes / 2 ** 20) * 0.85))
}
