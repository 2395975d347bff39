import type { HookEnvironment, RunJob } from '@strata/domain/run'
import { join } from 'node:path'
import type { ConfinedPaths } from './confinement.ts'

/** Node under its permission model, with the contract's variables as its whole environment. Paths are as seen inside. */
export function nodeCommand(job: RunJob, inside: ConfinedPaths): readonly string[] {
  const env: HookEnvironment = { OSA_IN: inside.input, OSA_OUT: inside.output, OSA_FILES: inside.files, OSA_HOOK_NAME: job.hook }
  return [
    'env', '-i', ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
    inside.node,
    '--permission',
    ...[inside.program, inside.input, inside.files].map((dir) => `--allow-fs-read=${dir}/*`),
    `--allow-fs-write=${inside.output}/*`,
    '--no-addons', '--disable-sigusr1', '--no-warnings',
    `--max-old-space-size=${heapMebibytes(job.memoryBytes)}`,
    join(inside.program, 'host', 'main.mjs'),
  ]
}

/** A little less than the limit, so that V8 collects garbage harder before the kernel has to kill. */
function heapMebibytes(memoryBytes: number): number {
  return Math.max(16, Math.floor((memoryBytes / 2 ** 20) * 0.85))
}
