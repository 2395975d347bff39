import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { DatabaseSetupError } from '../setup-error.ts'

/**
 * Stops a server that outlived its parent process. The caller holds the directory's lock, so nothing uses that server. (Does not use
 * `pg_ctl`, which may not signal, from a user namespace, a server started outside it.)
 */
export async function stopLeftover(data: string): Promise<void> {
  const pid = await postmasterPid(data)
  if (pid === undefined || !isAlive(pid)) return

  if (await serves(pid, data)) await stop(pid, data)
  // The id belongs to another program by now, which PostgreSQL would take for a server and refuse to start.
  else await rm(join(data, 'postmaster.pid'), { force: true })
}

/** Tries a fast shutdown first; a server that hangs is killed, which is safe because it recovers as after a crash. */
async function stop(pid: number, data: string): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (isAlive(pid)) process.kill(pid, signal)
    // An ended server may remain in the process table as a zombie until its parent collects the exit code.
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(20)) {
      if (!(await serves(pid, data))) return
    }
  }
  throw new DatabaseSetupError(`An older PostgreSQL (process ${pid}) still runs on ${data} and does not stop. End it and start again.`)
}

/** The first line of the file is the process id, and the last one the state of the server. */
async function postmasterPid(data: string): Promise<number | undefined> {
  const lines = await postmasterFile(data)
  const pid = Number(lines[0])
  return Number.isInteger(pid) && pid > 0 ? pid : undefined
}

export async function postmasterFile(data: string): Promise<readonly string[]> {
  return readFile(join(data, 'postmaster.pid'), 'utf8').then(
    (text) => text.split('\n').map((line) => line.trim()),
    () => [],
  )
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function serves(pid: number, data: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() =>
    promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).then(
      ({ stdout }) => stdout,
      () => '',
    ),
  )
  const isData = (argument: string) => argument === data || argument.includes(` ${data} `)
  return command.includes('postgres') && command.split('\0').some(isData)
}
