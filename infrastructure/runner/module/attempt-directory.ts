import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AttemptId } from '@strata/domain/run'
import { removeTree } from '../shared/remove-tree.ts'

/** A runner's own directory for an attempt, which is also the trace by which a later worker finds its process. */
export interface AttemptDirectory {
  readonly path: string
  own(pid: number): Promise<void>
  remove(): Promise<void>
}

export function attemptName({ runId, attempt }: AttemptId): string {
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(runId) || !Number.isInteger(attempt))
    throw new Error(`"${runId}" names no run that files can be named after`)
  return `${runId}.${attempt}`
}

export function parseAttemptName(name: string): AttemptId | undefined {
  const [, runId, attempt] = /^([A-Za-z0-9_-]{1,100})\.([0-9]{1,9})$/.exec(name) ?? []
  return runId === undefined ? undefined : { runId, attempt: Number(attempt) }
}

/** Undefined when the attempt has one: it was started before. */
export async function claimAttempt(base: string, id: AttemptId): Promise<AttemptDirectory | undefined> {
  const path = join(base, attemptName(id))
  try {
    await mkdir(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined
    throw error
  }
  return {
    path,
    own: async (pid) => writeFile(join(path, 'owner.json'), JSON.stringify({ pid, started: await startOf(pid) })),
    remove: () => removeTree(path),
  }
}

export async function listAttempts(base: string): Promise<readonly AttemptId[]> {
  return (await readdir(base)).map(parseAttemptName).filter((id) => id !== undefined)
}

/** Ends the process that the attempt started, if it is still that one, with its whole group; then forgets the attempt. */
export async function endAttempt(base: string, id: AttemptId): Promise<void> {
  const path = join(base, attemptName(id))
  const owner: { pid?: number; started?: string } = await readFile(join(path, 'owner.json'), 'utf8').then(JSON.parse, () => ({}))
  // A pid is given again; the time its process started is not.
  if (owner.pid !== undefined && owner.started !== undefined && (await startOf(owner.pid)) === owner.started) killGroup(owner.pid)
  await removeTree(path)
}

export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
}
