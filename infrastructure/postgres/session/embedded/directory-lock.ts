import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DatabaseSetupError } from '../setup-error.ts'

export interface DirectoryLock {
  release(): void
}

/**
 * One server a directory. SQLite's file lock is held by the kernel, so it goes with its process however that ends; a
 * file with a process id in it would lie after a kill, and in a container most ids are taken again at once.
 */
export function lockDirectory(dir: string): DirectoryLock {
  const file = new DatabaseSync(join(dir, 'lock'), { timeout: 0 })
  try {
    file.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    file.close()
    if (!isBusy(cause)) throw cause
    throw new DatabaseSetupError(
      `Another running Strata uses the database in ${dir}. Stop that one first, or choose another STRATA_DATA_DIR.`,
      { cause },
    )
  }
  return {
    release() {
      if (file.isOpen) file.close()
    },
  }
}

const SQLITE_BUSY = 5

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY
}
