import { programContracts, programUser, type ProgramContract, type ProgramDirectories, type RunJob } from '@strata/domain/run'
import { chmod, chown, open } from 'node:fs/promises'
import { constants } from 'node:fs'
import { join } from 'node:path'
import { codeOf } from './open-output.ts'
import { walkOutput } from './walk-output.ts'

/**
 * Opens the job's directories to the user that a program has in a container. What it reads is made readable for all, whatever the
 * worker's umask. What it may write into is given to the program's user where that is possible and means the same inside as outside;
 * elsewhere it is opened to all, and only the directory above it, which is the worker's alone, keeps others out.
 */
export async function openToProgram(job: RunJob, { sameUsers }: { readonly sameUsers: boolean }): Promise<void> {
  const { inputs, writable } = programContracts[job.program.kind]
  const directories = directoriesOf(job)
  for (const dir of Object.values(directories)) await chmod(dir, 0o755)
  for (const name of inputs) await chmod(join(directories.input, name), 0o644).catch(unlessMissing)
  for (const which of writable) {
    const dir = directories[which]
    await chmod(dir, sameUsers && (await given(dir)) ? 0o700 : 0o777)
  }
}

/** Gives what the program wrote to the worker. Afterwards no file of it lets another user act as its owner or change it. */
export async function closeToProgram(job: Pick<RunJob, 'program' | DirectoryOfJob>): Promise<void> {
  const { writable, tree } = programContracts[job.program.kind]
  for (const which of writable) {
    const dir = directoriesOf(job)[which]
    if (isRoot()) await chown(dir, 0, 0).catch(unlessRefused)
    await chmod(dir, 0o700)
    await stripModes(dir, tree)
  }
}

type DirectoryOfJob = 'inputDir' | 'filesDir' | 'outputDir'

export function directoriesOf({ inputDir, filesDir, outputDir }: Pick<RunJob, DirectoryOfJob>): ProgramDirectories {
  return { input: inputDir, files: filesDir, output: outputDir }
}

/** setuid, setgid and world-writable. */
const unwanted = 0o6002

/** What exceeds the limits on an output tree is never kept. The mode of the directory protects it until it is removed. */
async function stripModes(dir: string, { maxEntries, maxDepth }: ProgramContract['tree']): Promise<void> {
  let entries = 0
  for await (const found of walkOutput(dir, maxDepth)) {
    entries += 1
    if (found.is === 'deep' || entries > maxEntries) return
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
  if (process.getuid?.() === programUser) return true
  if (!isRoot()) return false
  return chown(dir, programUser, programUser).then(() => true, unlessRefused)
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
