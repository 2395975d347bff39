import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import type { Cluster } from './cluster.ts'
import type { Runner } from './runner.ts'

/**
 * Stops a server that outlived the process which started it. Whoever calls holds the directory's lock, so nobody uses
 * that server any more.
 */
export async function stopLeftover(options: { cluster: Cluster; binaries: Binaries; runner: Runner }): Promise<void> {
  const { data } = options.cluster
  const pid = await postmasterPid(data)
  if (pid === undefined || !isAlive(pid)) return

  if (await serves(pid, data)) {
    await options.runner.run(options.binaries.pgCtl, ['stop', `--pgdata=${data}`, '--mode=fast', '--wait', '--timeout=60'])
  } else {
    // The id belongs to another program by now; PostgreSQL would take that one for a server and refuse to start.
    await rm(join(data, 'postmaster.pid'), { force: true })
  }
}

/** The server writes its process id into the first line, and how far it has come into the last. */
export async function postmasterPid(data: string): Promise<number | undefined> {
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
  return command.includes('postgres') && command.split('\0').some((argument) => argument === data || argument.includes(` ${data} `))
}
