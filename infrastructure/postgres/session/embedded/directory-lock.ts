import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DatabaseSetupError } from '../setup-error.ts'

export interface DirectoryLock {
  release(): void
}

/**
 * Allows one server per directory. The kernel holds SQLite's file lock, so it ends with its process in any case. A file with a
 * process id would stay after a kill, and containers quickly reuse most ids.
 */
export function lockDirectory(dir: string): DirectoryLock {
  const file = new DatabaseSync(join(dir, 'lock'), { timeout: 0 })
  try {
    file.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    file.close()
    if (!isBusy(cause)) throw cause
    throw new DatabaseSetupError(
      `Another Strata process uses the database in ${dir}. Stop that one first, or choose another STRATA_DATA_DIR.`,
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
