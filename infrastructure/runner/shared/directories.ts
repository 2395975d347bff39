import { hookUser, type RunJob } from '@strata/domain/run'
import { chmod, chown, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from './open-output.ts'

/**
 * Opens the job's directories to the user that a hook has in a container. The input is made readable for all, whatever the
 * worker's umask. The output is given to the hook's user where that is possible and means the same inside as outside;
 * elsewhere it is opened to all, and only the directory above it, which is the worker's alone, keeps others out.
 */
export async function openToHook(job: RunJob, { sameUsers }: { readonly sameUsers: boolean }): Promise<void> {
  await Promise.all([chmod(job.inputDir, 0o755), chmod(job.filesDir, 0o755)])
  for (const name of await readdir(job.inputDir)) await chmod(join(job.inputDir, name), 0o644)
  await chmod(job.outputDir, sameUsers && (await given(job.outputDir)) ? 0o700 : 0o777)
}

/** From here on the output is the worker's. */
export async function closeToHook(job: RunJob): Promise<void> {
  if (isRoot()) await chown(job.outputDir, 0, 0).catch(unlessRefused)
  await chmod(job.outputDir, 0o700)
}

/** Not every file system lets root give files away: NFS has its own mind about who root is. */
async function given(dir: string): Promise<boolean> {
  if (process.getuid?.() === hookUser) return true
  if (!isRoot()) return false
  return chown(dir, hookUser, hookUser).then(() => true, unlessRefused)
}

function unlessRefused(error: unknown): false {
  const code = codeOf(error)
  if (code === 'EPERM' || code === 'EACCES' || code === 'ENOTSUP') return false
  throw error
}

function isRoot(): boolean {
  return process.getuid?.() === 0
}
