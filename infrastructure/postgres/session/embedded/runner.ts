import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { chown, lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DatabaseSetupError } from '../setup-error.ts'

/** How PostgreSQL's programs are started. They refuse to run as root, which is the usual user in containers. */
export interface Runner {
  /** Runs a program to its end. On failure, the error has its output. */
  run(program: string, args: readonly string[]): Promise<void>
  /** Starts the server detached from the terminal, so that Ctrl-C does not reach it; the kernel stops it when this process dies. */
  serve(program: string, args: readonly string[], log: number): ChildProcess
  /** Gives files to the user that the programs run as. */
  own(path: string): Promise<void>
}

const NOBODY = 65534

export async function chooseRunner(dir: string): Promise<Runner> {
  const wrap = await chooseWrapper(dir)
  // When this process dies, the kernel asks the server for a fast shutdown. Without setpriv, the next start stops it.
  const tether = (await works('setpriv', ['--pdeathsig', 'INT', '--', 'true'])) ? ['setpriv', '--pdeathsig', 'INT', '--'] : []
  // The programs read the parents of the working directory, which may be inaccessible to their user.
  const cwd = '/'

  return {
    async run(program, args) {
      const [command = '', ...rest] = [...wrap.prefix, program, ...args]
      await promisify(execFile)(command, rest, { cwd })
    },
    serve(program, args, log) {
      const [command = '', ...rest] = [...wrap.prefix, ...tether, program, ...args]
      return spawn(command, rest, { cwd, detached: true, stdio: ['ignore', log, log] })
    },
    own: (path) => (wrap.owner === undefined ? Promise.resolve() : give(path, wrap.owner)),
  }
}

interface Wrapper {
  readonly prefix: readonly string[]
  readonly owner: number | undefined
}

/** In a user namespace, root's files appear to belong to `nobody`, and PostgreSQL runs as `nobody`, so no owner needs to change. */
async function chooseWrapper(dir: string): Promise<Wrapper> {
  if (process.getuid?.() !== 0) return { prefix: [], owner: undefined }

  const namespace = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--']
  if (await succeeds([...namespace, 'true'])) return { prefix: namespace, owner: 0 }

  const dropped = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--']
  if (await succeeds([...dropped, 'true'])) return { prefix: dropped, owner: NOBODY }

  throw new DatabaseSetupError(
    'PostgreSQL does not run as root, and neither "unshare" nor "setpriv" can give it another user here. ' +
      `Start Strata as an ordinary user who owns ${dir}, or set DATABASE_URL.`,
  )
}

async function give(path: string, owner: number): Promise<void> {
  const found = await lstat(path)
  if (found.uid === owner) return
  await chown(path, owner, owner)
  if (!found.isDirectory()) return
  for (const name of await readdir(path)) await give(join(path, name), owner)
}

function succeeds([command = '', ...args]: readonly string[]): Promise<boolean> {
  return works(command, args)
}

async function works(command: string, args: readonly string[]): Promise<boolean> {
  return promisify(execFile)(command, [...args]).then(
    () => true,
    () => false,
  )
}
