import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import { readFile, rename } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseSetupError } from '../setup-error.ts'
import type { Binaries } from './binaries.ts'
import type { Cluster } from './cluster.ts'
import { freePort } from './free-port.ts'
import { postmasterFile } from './leftover.ts'
import type { Runner } from './runner.ts'

export interface Server {
  readonly port: number
  /** Resolves when the server has ended, with the signal or exit code. */
  readonly ended: Promise<string>
  stop(): Promise<void>
}

interface ServerOptions {
  readonly cluster: Cluster
  readonly binaries: Binaries
  readonly runner: Runner
  readonly durable: boolean
  readonly maxConnections: number
  readonly log: string
  /** The port of the server that this one replaces. */
  readonly port?: number
}

/** Starts the server and waits until it answers, without a time limit, because recovery after a crash can take long. */
export async function startServer(options: ServerOptions): Promise<Server> {
  // Keeps the previous server's log beside the new one.
  if (options.port === undefined && existsSync(options.log)) await rename(options.log, `${options.log}.previous`)
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort())
    const child = launch(options, port)
    if (await isReady(child, options.cluster)) return { port, ended: howItEnds(child), stop: () => stop(child) }
    const log = await readFile(options.log, 'utf8')
    if (attempt < 5 && willPass(log)) await sleep(200 * attempt)
    else throw new DatabaseSetupError(`The embedded PostgreSQL did not start. The end of ${options.log}:\n${tail(log)}`)
  }
}

function launch({ cluster, binaries, runner, durable, maxConnections, log }: ServerOptions, port: number): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
    max_connections: maxConnections,
    timezone: 'UTC',
    log_timezone: 'UTC',
    // PostgreSQL's defaults (1 GB and 80 MB) suit a server; on a laptop, that log would take most of the archive's disk space.
    max_wal_size: '192MB',
    min_wal_size: '32MB',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const file = openSync(log, 'a', 0o600)
  try {
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    return runner.serve(binaries.postgres, ['-D', cluster.data, ...flags], file)
  } finally {
    closeSync(file)
  }
}

/** False when the server ended instead. Compares process ids, because the file may be from an older server. */
async function isReady(child: ChildProcess, cluster: Cluster): Promise<boolean> {
  const failed = once(child, 'error').then(([error]) => Promise.reject(error))
  failed.catch(() => {})
  while (child.exitCode === null && child.signalCode === null) {
    const lines = await postmasterFile(cluster.data)
    if (lines[0] === String(child.pid) && lines[7] === 'ready') return true
    await Promise.race([sleep(10), failed])
  }
  return false
}

/** Whether the failure is temporary: the port was taken meanwhile, or processes of a killed server are still ending. */
function willPass(log: string): boolean {
  return /could not bind IPv4|pre-existing shared memory block/.test(tail(log))
}

async function howItEnds(child: ChildProcess): Promise<string> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.signalCode === null ? `exit code ${child.exitCode}` : `signal ${child.signalCode}`
}

/** A fast shutdown, which closes sessions and loses no commit. A server that hangs is killed and recovers as after a crash. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGINT')
  const deadlines = [setTimeout(() => child.kill('SIGQUIT'), patienceMs), setTimeout(() => child.kill('SIGKILL'), 2 * patienceMs)]
  await ended
  for (const deadline of deadlines) clearTimeout(deadline)
}

/** Long enough for the shutdown checkpoint. The next start recovers the rest from the WAL. */
const patienceMs = 6_000

function tail(log: string): string {
  return log.trimEnd().split('\n').slice(-20).join('\n')
}
