import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { copyFile, mkdir, readdir, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { parseDigest, type Digest } from '@strata/domain/shared'
import { callEngine } from './engine-call.ts'
import { temporaryDirectory } from './temporary-directory.ts'

const run = promisify(execFile)

export interface PushedImage {
  readonly image: string
  readonly digest: Digest
}

/** The settings that differ between images, in the engine's own terms. */
interface ImageConfig {
  readonly Cmd?: readonly string[]
  readonly Entrypoint?: readonly string[]
  readonly Volumes?: Readonly<Record<string, object>>
  readonly Env?: readonly string[]
  readonly User?: string
  readonly WorkingDir?: string
}

/** Builds images and pushes them to the test's registry. */
export interface HookImages {
  /** An image whose program is this shell script. */
  shell(script: string): Promise<PushedImage>
  /** An image whose program is this Python script. */
  python(script: string): Promise<PushedImage>
  /** A busybox image with this configuration. `name` is like `group/hook:tag`; pushing another one with the same name moves the tag. */
  push(config: ImageConfig, name?: string): Promise<PushedImage>
  /** An image that exits with 0 and has this many mebibytes of zeros, which compress to almost nothing. */
  withZeros(mebibytes: number): Promise<PushedImage>
  /** An image without a program. */
  withoutProgram(): Promise<PushedImage>
  /** An image that was never pushed; returns its id. */
  local(config: ImageConfig, name: string): Promise<Digest>
  /** Removes an image from the engine; the registry keeps it. */
  forget(image: PushedImage): Promise<void>
}

export function hookImages(socket: string, registryHost: string): HookImages {
  const bases = new Map<string, Promise<string>>()
  const base = (name: 'busybox' | 'python') => {
    const made = bases.get(name) ?? baseContainer(socket, name)
    bases.set(name, made)
    return made
  }

  const commit = async (from: 'busybox' | 'python', config: ImageConfig, name: string) => {
    const [repo = '', tag = ''] = splitTag(name)
    const query = { container: await base(from), repo, tag }
    const { Id } = JSON.parse(
      await callEngine(socket, { method: 'POST', path: '/commit', query, body: { Env: ['PATH=/bin:/usr/bin'], ...config } }),
    )
    return parseDigest(Id)
  }

  const push = async (from: 'busybox' | 'python', config: ImageConfig, short = unusedName()) => {
    const image = `${registryHost}/${short}`
    await commit(from, config, image)
    return pushed(image)
  }

  const pushed = async (image: string) => {
    const [repo, tag = ''] = splitTag(image)
    const said = await callEngine(socket, { method: 'POST', path: `/images/${repo}/push`, query: { tag } })
    const digest = /"Digest":"(sha256:[0-9a-f]{64})"/.exec(said)?.[1]
    return { image, digest: parseDigest(digest ?? '') }
  }

  return {
    shell: (script) => push('busybox', { Cmd: ['/bin/sh', '-c', script] }),
    python: (script) => push('python', { Cmd: ['/usr/bin/python3', '-c', script] }),
    push: (config, name) => push('busybox', config, name),
    async withZeros(mebibytes) {
      const image = `${registryHost}/${unusedName()}`
      const [repo = '', tag = ''] = splitTag(image)
      await imported(socket, { repo, tag, changes: 'CMD ["/bin/true"]' }, async (root) => {
        await layBusybox(root)
        await run('truncate', ['--size', `${mebibytes}M`, join(root, 'zeros')])
      })
      return pushed(image)
    },
    async withoutProgram() {
      await base('busybox')
      const image = `${registryHost}/${unusedName()}`
      const [repo = '', tag = ''] = splitTag(image)
      await callEngine(socket, { method: 'POST', path: '/images/base-busybox:1/tag', query: { repo, tag } })
      return pushed(image)
    },
    local: (config, name) => commit('busybox', config, name),
    async forget({ image, digest }) {
      const [repo] = splitTag(image)
      for (const name of [`${repo}@${digest}`, image]) {
        // Deleting the last name of an image deletes the image.
        if (await isKnown(socket, name)) await callEngine(socket, { method: 'DELETE', path: `/images/${name}`, query: { force: 'true' } })
      }
    },
  }
}

/** A container that never starts. Images that differ only in their configuration are quickly created from it. */
async function baseContainer(socket: string, name: 'busybox' | 'python'): Promise<string> {
  await imported(socket, { repo: `base-${name}`, tag: '1' }, name === 'busybox' ? layBusybox : layPython)
  const { Id } = JSON.parse(
    await callEngine(socket, { method: 'POST', path: '/containers/create', body: { Image: `base-${name}:1`, Cmd: ['/none'] } }),
  )
  return Id
}

/** An image with one layer: the files that `lay` writes below a directory. */
async function imported(socket: string, named: Readonly<Record<string, string>>, lay: (root: string) => Promise<void>): Promise<void> {
  await using directory = await temporaryDirectory()
  const root = join(directory.path, 'root')
  await mkdir(root)
  await lay(root)
  const archive = join(directory.path, 'root.tar')
  await run('tar', ['-C', root, '--numeric-owner', '-cf', archive, '.'])
  await callEngine(socket, { method: 'POST', path: '/images/create', query: { fromSrc: '-', ...named }, file: archive })
}

const applets = [
  'sh',
  'cat',
  'cp',
  'echo',
  'sed',
  'awk',
  'sleep',
  'id',
  'ls',
  'ln',
  'mkdir',
  'mkfifo',
  'mknod',
  'dd',
  'grep',
  'touch',
  'rm',
  'kill',
  'yes',
  'nc',
  'head',
  'tail',
  'wget',
  'ip',
  'ps',
  'chmod',
  'stat',
  'mount',
  'env',
  'true',
  'false',
  'seq',
  'wc',
  'tr',
  'setsid',
  'hostname',
  'test',
]

async function layBusybox(root: string): Promise<void> {
  await mkdir(join(root, 'bin'), { mode: 0o755 })
  await copyFile('/bin/busybox', join(root, 'bin/busybox'))
  for (const applet of applets) await symlink('busybox', join(root, 'bin', applet))
}

/** This machine's Python: the program, its linked libraries, and the standard library. */
async function layPython(root: string): Promise<void> {
  const { stdout: paths } = await run('/usr/bin/python3', [
    '-c',
    'import sys, sysconfig; print(sys.executable, sysconfig.get_path("stdlib"))',
  ])
  const [program = '', library = ''] = paths.trim().split(' ')
  const foreign = (await readdir(join(library, 'lib-dynload'))).filter((name) => name.startsWith('_ctypes.'))
  const { stdout: linked } = await run('ldd', [program, ...foreign.map((name) => join(library, 'lib-dynload', name))])
  for (const path of new Set([program, ...(linked.match(/\/\S+/g) ?? []).filter((found) => !found.endsWith(':'))])) {
    await mkdir(join(root, dirname(path)), { recursive: true })
    await run('cp', ['-L', path, join(root, path)])
  }
  await mkdir(join(root, library), { recursive: true })
  const left = ['__pycache__', 'test', 'idlelib', 'ensurepip', 'dist-packages', 'site-packages', 'tkinter', 'lib2to3', 'pydoc_data']
  const kept = (await readdir(library)).filter((name) => !left.includes(name) && !name.startsWith('config-'))
  await run('cp', ['-rL', ...kept.map((name) => join(library, name)), join(root, library)])
  if (program !== '/usr/bin/python3') await symlink(program, join(root, 'usr/bin/python3'))
}

function unusedName(): string {
  return `hooks/${randomBytes(4).toString('hex')}:1`
}

function isKnown(socket: string, name: string): Promise<boolean> {
  return callEngine(socket, { path: `/images/${name}/json` }).then(
    () => true,
    () => false,
  )
}

function splitTag(name: string): [string, string | undefined] {
  const colon = name.lastIndexOf(':')
  return colon > name.lastIndexOf('/') ? [name.slice(0, colon), name.slice(colon + 1)] : [name, undefined]
}
