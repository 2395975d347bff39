import { hookUser, type RunJob } from '@strata/domain/run'
import { chmod, chown, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { InfoAnswer } from './engine/answers.ts'

/**
 * Opens the job's directories to the hook's user. The input is made readable for all, whatever the worker's umask. The
 * output is given to the hook's user where the worker is root and uids mean the same inside as outside; elsewhere it is
 * opened to all, and only the directory above it, which is the worker's alone, keeps others out.
 */
export async function openToHook(job: RunJob, info: InfoAnswer): Promise<void> {
  await Promise.all([chmod(job.inputDir, 0o755), chmod(job.filesDir, 0o755)])
  for (const name of await readdir(job.inputDir)) await chmod(join(job.inputDir, name), 0o644)
  if (isRoot() && !mapsUsers(info)) {
    await chown(job.outputDir, hookUser, hookUser)
    await chmod(job.outputDir, 0o700)
  } else await chmod(job.outputDir, 0o777)
}

/** From here on the output is the worker's. */
export async function closeToHook(job: RunJob): Promise<void> {
  if (isRoot()) await chown(job.outputDir, 0, 0)
  await chmod(job.outputDir, 0o700)
}

function isRoot(): boolean {
  return process.getuid?.() === 0
}

function mapsUsers({ SecurityOptions }: InfoAnswer): boolean {
  return (SecurityOptions ?? []).some((option) => /^name=(userns|rootless)/.test(option))
}
