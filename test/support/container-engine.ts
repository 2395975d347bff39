import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAvailable } from './available.ts'
import { temporaryDirectory } from './temporary-directory.ts'

export interface ContainerEngine extends AsyncDisposable {
  readonly socket: string
}

const wanted = ['dockerd', 'docker-registry', 'busybox', 'python3', 'setpriv', 'podman']

export function isContainerEngineInstalled(): boolean {
  const missing = wanted.filter((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0)
  return isAvailable({ name: 'a container engine', missing: whatIsMissing(missing) })
}

function whatIsMissing(programs: readonly string[]): string | undefined {
  if (programs.length > 0) {
    return `${programs.join(', ')} not installed (on Debian: apt-get install docker.io docker-registry busybox-static python3 util-linux podman catatonit).`
  }
  return process.getuid?.() === 0 ? undefined : 'Only root can start a container engine for tests.'
}

/** A Docker engine with all of its files below one directory, isolated from any other engine on the machine. */
export async function startContainerEngine(): Promise<ContainerEngine> {
  await using parts = new AsyncDisposableStack()
  const directory = parts.use(await temporaryDirectory())
  const { socket, settings } = await engineSettings(directory.path)
  parts.use(await startService('dockerd', ['--config-file', settings], () => answers(socket)))
  const running = parts.move()
  return { socket, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

/** Writes the settings of an engine that stores everything below `directory`. */
export async function engineSettings(
  directory: string,
  more: object = {},
): Promise<{ readonly socket: string; readonly settings: string }> {
  const socket = join(directory, 'engine.sock')
  const settings = join(directory, 'daemon.json')
  await writeFile(
    settings,
    JSON.stringify({
      bridge: 'none',
      iptables: false,
      ip6tables: false,
      'ip-forward': false,
      'storage-driver': 'overlay2',
      'exec-opts': ['native.cgroupdriver=cgroupfs'],
      'data-root': join(directory, 'data'),
      'exec-root': join(directory, 'exec'),
      pidfile: join(directory, 'pid'),
      hosts: [`unix://${socket}`],
      ...more,
    }),
  )
  return { socket, settings }
}

export interface Service extends AsyncDisposable {
  /** Ends with the test program. */
  kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** Starts a program that ends with the test that started it, even if that test is killed. */
export async function startService(
  program: string,
  args: readonly string[],
  isUp: () => Promise<boolean>,
  { cwd, env = {} }: { cwd?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<Service> {
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd,
    env: { ...process.env, ...env },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said = `${said}${chunk}`.slice(-4_000)))
  const kill = (signal: 'SIGTERM' | 'SIGKILL') => stopped(child, signal)
  const stop = () => kill('SIGTERM')
  for (let i = 0; i < 600; i += 1) {
    if (child.exitCode !== null) throw new Error(`${program} ended before it was ready:\n${said}`)
    if (await isUp()) return { kill, [Symbol.asyncDispose]: stop }
    await sleep(50)
  }
  await stop()
  throw new Error(`${program} was not ready after 30 s:\n${said}`)
}

async function stopped(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

export function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path: '/_ping' }, (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200)
    })
    asked.on('error', () => resolve(false))
    asked.end()
  })
}
