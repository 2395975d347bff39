import { hookFiles, hookUser, type RunJob } from '@strata/domain/run'
import { chmod, chown, open } from 'node:fs/promises'
import { constants } from 'node:fs'
import { join } from 'node:path'
import { codeOf } from './open-output.ts'
import { walkOutput } from './walk-output.ts'
import { outputTree } from './watch-output.ts'

/**
 * Opens the job's directories to the user that a hook has in a container. The input is made readable for all, whatever the
 * worker's umask. The output is given to the hook's user where that is possible and means the same inside as outside;
 * elsewhere it is opened to all, and only the directory above it, which is the worker's alone, keeps others out.
 */
export async function openToHook(job: RunJob, { sameUsers }: { readonly sameUsers: boolean }): Promise<void> {
  await Promise.all([chmod(job.inputDir, 0o755), chmod(job.filesDir, 0o755)])
  for (const name of [hookFiles.records, hookFiles.config]) await chmod(join(job.inputDir, name), 0o644).catch(unlessMissing)
  await chmod(job.outputDir, sameUsers && (await given(job.outputDir)) ? 0o700 : 0o777)
}

/** Gives the output to the worker. Afterwards no file in it lets another user act as its owner or change it. */
export async function closeToHook(job: Pick<RunJob, 'outputDir'>): Promise<void> {
  if (isRoot()) await chown(job.outputDir, 0, 0).catch(unlessRefused)
  await chmod(job.outputDir, 0o700)
  await stripModes(job.outputDir)
}

/** setuid, setgid and world-writable. */
const unwanted = 0o6002

/** What exceeds the limits on an output tree is never kept. The mode of the directory protects it until it is removed. */
async function stripModes(dir: string): Promise<void> {
  let entries = 0
  for await (const found of walkOutput(dir, outputTree.maxDepth)) {
    entries += 1
    if (found.is === 'deep' || entries > outputTree.maxEntries) return
    if (found.is === 'there' && !found.stats.isSymbolicLink() && (found.stats.mode & unwanted) !== 0) await strip(found.path)
  }
}

/** Linux's O_PATH: a handle on the entry itself, which needs no read permission. Node has no constant for it. */
const O_PATH = 0o10000000

async function strip(path: Buffer): Promise<void> {
  const held = await open(path, (process.platform === 'linux' ? O_PATH : constants.O_RDONLY) | constants.O_NOFOLLOW).catch(unlessRefused)
  if (held === false) return
  try {
    const stats = await held.stat()
    // `chmod` on a path would follow a link that appeared in the meantime.
    const target = process.platform === 'linux' ? `/proc/self/fd/${held.fd}` : path
    if (!stats.isSymbolicLink()) await chmod(target, stats.mode & 0o7777 & ~unwanted).catch(unlessRefused)
  } finally {
    await held.close()
  }
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

function unlessMissing(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error
}

function isRoot(): boolean {
  return process.getuid?.() === 0
}
