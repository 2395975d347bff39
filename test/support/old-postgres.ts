import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { temporaryDirectory } from './temporary-directory.ts'

const installed = '/usr/lib/postgresql'

/** The programs of a PostgreSQL version that the archive does not support, from Debian's packages. */
export function oldPostgresPrograms(): string | undefined {
  const versions = existsSync(installed) ? readdirSync(installed).filter((version) => Number(version) < 18) : []
  const [found] = versions.map((version) => join(installed, version, 'bin')).filter((bin) => existsSync(join(bin, 'postgres')))
  return found
}

export interface OldPostgres extends AsyncDisposable {
  readonly url: string
}

export async function startOldPostgres(programs: string): Promise<OldPostgres> {
  const directory = await temporaryDirectory()
  const data = join(directory.path, 'data')
  mkdirSync(data, { mode: 0o700 })
  const isRoot = process.getuid?.() === 0
  const nobody = 65_534
  if (isRoot) for (const path of [directory.path, data]) chownSync(path, nobody, nobody)
  const prefix = isRoot ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--'] : []
  const command = (program: string, ...args: string[]) => [...prefix, join(programs, program), ...args] as [string, ...string[]]

  const [initdb, ...given] = command('initdb', '-D', data, '-U', 'strata', '--auth=trust', '--no-sync')
  const made = spawnSync(initdb, given, { cwd: '/', encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)
  const port = await freePort()
  const [postgres, ...rest] = command(
    'postgres',
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
  )
  const server = spawn(postgres, rest, { cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
  for await (const piece of server.stderr) if (String(piece).includes('ready to accept connections')) break
  return {
    url: `postgresql://strata@127.0.0.1:${port}/postgres`,
    async [Symbol.asyncDispose]() {
      const ended = once(server, 'exit')
      server.kill('SIGINT')
      await ended
      await directory[Symbol.asyncDispose]()
    },
  }
}
