import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { processStart } from './process-start.ts'

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
  const holder = readHolder(lock)
  if (holder?.started !== undefined && holder.started === processStart(holder.pid)) throw new DataDirectoryInUse(path, holder.pid)
  // Whoever held it is gone (a kill -9, a power cut); what it left is stale.
  if (holder) rmSync(lock, { force: true })
  writeLock(lock, path)
  return { path, release: () => rmSync(lock, { force: true }) }
}

interface Holder {
  readonly pid: number
  readonly started: string | undefined
}

function writeLock(lock: string, path: string): void {
  try {
    const file = openSync(lock, 'wx', 0o600)
    writeSync(file, JSON.stringify({ pid: process.pid, started: processStart(process.pid) }))
    closeSync(file)
  } catch (fault) {
    const holder = readHolder(lock)
    throw holder ? new DataDirectoryInUse(path, holder.pid) : fault
  }
}

function readHolder(lock: string): Holder | undefined {
  try {
    const held: unknown = JSON.parse(readFileSync(lock, 'utf8'))
    if (typeof held !== 'object' || held === null || !('pid' in held) || typeof held.pid !== 'number') return undefined
    return { pid: held.pid, started: 'started' in held && typeof held.started === 'string' ? held.started : undefined }
  } catch (fault) {
    if (isMissing(fault)) return undefined
    if (fault instanceof SyntaxError) return { pid: -1, started: 'a lock cut short while it was written' }
    throw fault
  }
}

function isMissing(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && fault.code === 'ENOENT'
}
