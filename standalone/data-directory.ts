import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { processStart } from './process-start.ts'
import { writeDurably } from './write-durably.ts'

/** The directory for a node's permanent data. Only one node at a time may use it. */
export interface DataDirectory {
  readonly path: string
  release(): void
}

/** Two nodes in one directory would overwrite each other's data, so the second one is refused. */
export class DataDirectoryInUse extends Error {
  constructor(path: string, pid: number) {
    super(`Another node (process ${pid}) is running on ${path}. Stop it first, or set STRATA_DATA_DIR to another directory.`)
    this.name = 'DataDirectoryInUse'
  }
}

export function claimDataDirectory(path: string): DataDirectory {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const lock = join(path, 'node.lock')
  const own = { pid: process.pid, started: processStart(process.pid) }
  inTurn(path, () => {
    const holder = readHolder(lock)
    if (holder !== undefined && runs(holder)) throw new DataDirectoryInUse(path, holder.pid)
    // The owner died (kill -9, power failure), so its stale lock is replaced.
    writeDurably(lock, JSON.stringify(own))
  })
  return {
    path,
    release() {
      inTurn(path, () => {
        const holder = readHolder(lock)
        if (holder?.pid === own.pid && holder.started === own.started) rmSync(lock, { force: true })
      })
    },
  }
}

/** Whether a node runs on this directory. */
export function isHeld(path: string): boolean {
  const holder = readHolder(join(path, 'node.lock'))
  return holder !== undefined && runs(holder)
}

/**
 * Only one process at a time checks, replaces or removes the lock, so that a start never removes the lock of another start. The kernel
 * holds SQLite's file lock and releases it when its process ends.
 */
function inTurn(path: string, work: () => void): void {
  const turn = new DatabaseSync(join(path, 'node.lock.turn'), { timeout: 10_000 })
  try {
    // Without a journal on disk, this works on a full disk.
    turn.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    work()
  } finally {
    turn.close()
  }
}

interface Holder {
  readonly pid: number
  readonly started: string | undefined
}

function runs({ pid, started }: Holder): boolean {
  return started !== undefined && started === processStart(pid)
}

function readHolder(lock: string): Holder | undefined {
  try {
    const held: unknown = JSON.parse(readFileSync(lock, 'utf8'))
    if (typeof held !== 'object' || held === null || !('pid' in held) || typeof held.pid !== 'number') return undefined
    return { pid: held.pid, started: 'started' in held && typeof held.started === 'string' ? held.started : undefined }
  } catch (fault) {
    // The lock is renamed into place when complete, so a truncated one was never held.
    if (isMissing(fault) || fault instanceof SyntaxError) return undefined
    throw fault
  }
}

function isMissing(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && fault.code === 'ENOENT'
}
