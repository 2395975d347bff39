import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { processStart } from './process-start.ts'
import { writeDurably } from './write-durably.ts'

/** The one directory that holds everything a node must not lose. Held by one node at a time. */
export interface DataDirectory {
  readonly path: string
  release(): void
}

/** Two nodes on one directory would lose each other's work: the second is refused with a sentence. */
export class DataDirectoryInUse extends Error {
  constructor(path: string, pid: number) {
    super(
      `Another node (process ${pid}) is running on ${path}. Stop it first, or give this one a directory of its own with STRATA_DATA_DIR.`,
    )
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
    // The holder is gone (a kill -9, a power cut); its lock is stale and is replaced.
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
 * One process at a time judges the lock and replaces or removes it, so that a start never removes the lock of another start. The kernel
 * holds SQLite's file lock and drops it with its process, however that ends.
 */
function inTurn(path: string, work: () => void): void {
  const turn = new DatabaseSync(join(path, 'node.lock.turn'), { timeout: 10_000 })
  try {
    // Without a journal on disk, a turn needs no free space.
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
    // A lock that was cut short was never held: it is renamed into place when it is whole.
    if (isMissing(fault) || fault instanceof SyntaxError) return undefined
    throw fault
  }
}

function isMissing(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && fault.code === 'ENOENT'
}
