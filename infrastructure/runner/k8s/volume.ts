import type { ProgramDirectories, RunJob } from '@strata/domain/run'
import { isAbsolute, relative, sep } from 'node:path'
import { AttemptFailed } from '../shared/attempt-failed.ts'

/** Where a job's directories are in the volume that the worker and its Jobs share. */
export type SubPaths = ProgramDirectories

/** `mountedAt` is where the worker has the volume. */
export function subPaths(job: Pick<RunJob, 'inputDir' | 'filesDir' | 'outputDir'>, mountedAt: string): SubPaths {
  const below = (dir: string) => {
    const path = relative(mountedAt, dir)
    if (path !== '' && !isAbsolute(path) && path.split(sep)[0] !== '..') return path.split(sep).join('/')
    throw new AttemptFailed(
      'CONFIG',
      'The worker’s data directory is not in the volume that it shares with its Jobs; set STRATA_K8S_VOLUME_PATH to where the claim is mounted, and STRATA_DATA_DIR to a directory there.',
      `${dir} is not below ${mountedAt}`,
    )
  }
  return { input: below(job.inputDir), files: below(job.filesDir), output: below(job.outputDir) }
}
