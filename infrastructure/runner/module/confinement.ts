import { execFile } from 'node:child_process'
import { mkdir, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { programUser } from '@strata/domain/run'
import { removeTree } from '../shared/remove-tree.ts'

/** The only host directories that the program's process sees. `program` has the code of the host and of the program. */
export interface ConfinedPaths {
  /** An empty directory that becomes the root of a separate file system. */
  readonly root: string
  readonly node: string
  readonly program: string
}

/** How a process is held on this machine, besides Node's permission model. */
export interface Confinement {
  readonly isolation: readonly string[]
  /** What is missing here, in words for the operator; undefined when nothing is. */
  readonly weakness: string | undefined
  /** The paths of these inside the process. */
  inside(paths: ConfinedPaths): ConfinedPaths
  /** The command that runs `command` confined. */
  wrap(paths: ConfinedPaths, command: readonly string[]): readonly string[]
}

const enter = join(import.meta.dirname, 'enter.sh')
const namespaces = ['--mount', '--net', '--ipc', '--uts', '--pid', '--fork', '--kill-child']

/** Tries the ways from the strictest on, with the very commands that programs will be run by. */
export async function chooseConfinement(stateDir: string): Promise<Confinement> {
  const ways = process.getuid?.() === 0 ? [inNamespaces([], String(programUser))] : [inNamespaces(['--user', '--map-root-user'], '-')]
  for (const way of ways) if (await works(way, stateDir)) return way
  return permissionModelAlone()
}

export async function permissionModelAlone(): Promise<Confinement> {
  const tether = ['setpriv', '--pdeathsig', 'KILL', '--no-new-privs', '--']
  const bounded = await succeeds(['prlimit', '--core=0', '--', 'true'])
  return alone((await succeeds([...tether, 'true'])) ? tether : [], bounded)
}

function inNamespaces(extra: readonly string[], uid: string): Confinement {
  const inner = '/strata'
  return {
    isolation: ['user, pid, network, ipc and mount namespaces', 'no file but its program', `uid ${programUser}`, 'no privileges'],
    weakness: undefined,
    inside: () => ({ root: '/', node: `${inner}/node`, program: `${inner}/program` }),
    wrap: ({ root, node, program }, command) => [
      'setpriv',
      '--pdeathsig',
      'KILL',
      '--',
      'unshare',
      ...extra,
      ...namespaces,
      '--',
      'sh',
      enter,
      root,
      node,
      program,
      uid,
      ...prlimit,
      '--nproc=64',
      '--',
      ...command,
    ],
  }
}

/** The process may not write any file, so its file size limit is 0. */
const prlimit = ['prlimit', '--core=0', '--nofile=256', '--fsize=0']

function alone(tether: readonly string[], bounded: boolean): Confinement {
  return {
    isolation: tether.length > 0 ? ['no new privileges'] : [],
    weakness:
      'Modules are held by Node’s permission model alone: this machine lets the worker make no namespaces. Allow user namespaces, or run hooks as images.',
    inside: (paths) => paths,
    wrap: (_, command) => [...tether, ...(bounded ? [...prlimit, '--'] : []), ...command],
  }
}

async function works(way: Confinement, stateDir: string): Promise<boolean> {
  const dir = await mkdtemp(join(stateDir, 'probe-'))
  try {
    const paths = { root: join(dir, 'root'), node: process.execPath, program: join(dir, 'program') }
    for (const path of [paths.root, paths.program]) await mkdir(path)
    return await succeeds(way.wrap(paths, [way.inside(paths).node, '--version']))
  } finally {
    await removeTree(dir)
  }
}

async function succeeds([command = '', ...args]: readonly string[]): Promise<boolean> {
  return promisify(execFile)(command, args, { timeout: 10_000, cwd: '/', env: { PATH: systemPath } }).then(
    () => true,
    () => false,
  )
}

/** Where `setpriv`, `unshare` and `mount` are. */
export const systemPath = '/usr/sbin:/usr/bin:/sbin:/bin'
